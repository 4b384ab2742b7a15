import { Command } from "../ui/command";
import { useHeld } from "./documents";
import { newFile } from "./forge";

/** The ways from here to a pull request: the forge's page for a new file, a download, a copy. */
export function Ways({ name, text }: { name: string; text: string }) {
  const { bench } = useHeld();
  const forge = newFile(bench.published, name, text);
  const file = name.split("/").at(-1) ?? name;
  return (
    <>
      <p class="ways-out">
        {forge && (
          <a class="button first" href={forge.address} target="_blank" rel="noreferrer noopener">
            Propose on {forge.forge}
          </a>
        )}
        <a class="button" href={`data:application/json;charset=utf-8,${encodeURIComponent(text)}`} download={file}>
          Download {file}
        </a>
      </p>
      {forge && (
        <p class="aside">
          {forge.filled
            ? `${forge.forge} opens with the file filled in. Choose to start a pull request there, and save.`
            : `The file is too long for a link: copy it below, and paste it on the page that opens.`}
        </p>
      )}
      {!forge && (
        <p class="aside">
          This run does not know where its repository is published. Put the file there yourself, or send it to whoever
          looks after it.
        </p>
      )}
      <p>
        The file <code>{name}</code>
      </p>
      <Command text={text.trimEnd()} label="the file of the rule" />
    </>
  );
}
