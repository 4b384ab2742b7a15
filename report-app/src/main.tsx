import { render } from "preact";
import type { Index } from "./data";

import { part } from "./parts";
import { Shell } from "./shell";
import "./style.css";

/** Takes the place of the plain page, once there is something to show; whatever goes wrong, the plain page stays. */
async function start(): Promise<void> {
  const app = document.getElementById("app");
  if (!app || typeof DecompressionStream === "undefined") {
    return;
  }
  takeOver(app, true);
  try {
    const index = await part<Index>("index");
    if (!index) {
      throw new Error("the file carries no index");
    }
    performance.mark("index");
    render(<Shell index={index} />, app);
    performance.mark("first view");
  } catch (error) {
    takeOver(app, false);
    throw error;
  }
}

function takeOver(app: HTMLElement, on: boolean): void {
  for (const [id, media] of [
    ["plain-style", on ? "not all" : "all"],
    ["app-style", on ? "all" : "not all"],
  ] as const) {
    document.getElementById(id)?.setAttribute("media", media);
  }
  app.hidden = !on;
}

void start();
