import { useEffect, useState } from "preact/hooks";

/** A command or a text to be pasted elsewhere, with a button that copies it. */
export function Command({ text, label }: { text: string; label: string }) {
  const [said, say] = useState("");
  useEffect(() => {
    const timer = said ? setTimeout(() => say(""), 2000) : undefined;
    return () => clearTimeout(timer);
  }, [said]);
  const lines = text.includes("\n");
  return (
    <div class={lines ? "command lines" : "command"}>
      {lines ? <pre>{text}</pre> : <code>{text}</code>}
      <button type="button" aria-label={`Copy: ${label}`} onClick={async () => say(await copied(text))}>
        {said || "Copy"}
      </button>
      <span class="sr" role="status">
        {said}
      </span>
    </div>
  );
}

async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    // Some browsers keep the clipboard from pages that were opened from a disk.
    return "Select and copy it";
  }
}
