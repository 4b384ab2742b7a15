// What the tests hold to gonogo's own engine: everything of the workbench that decides, without what is drawn.

export { PHRASES } from "./demands";
export { draft, fileOf, proposedName, scopesOf } from "./draft";
export { factAt, keyOf } from "./facts";
export { editFile, newFile } from "./forge";
export { Judge, judged } from "./judge";
export { translated } from "./patterns";
export { problems, requestCommand, reviewText } from "./review";
export { changed, patchOf, proposal, yamlOf } from "./threshold-file";
export { literal } from "./wordlike";
