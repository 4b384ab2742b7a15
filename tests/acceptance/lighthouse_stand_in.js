// Stands in for the Lighthouse CI command in tests: it misbehaves as LAB_TEST says, or measures a page by what it says
// of itself (<meta name=lcp content=1500>). It is given the same configuration, and leaves the same files.
const fs = require("fs");
const https = require("https");

const { url: [url], numberOfRuns, settings } = JSON.parse(fs.readFileSync("lighthouserc.json", "utf8")).ci.collect;
const port = /host-resolver-rules="MAP \S+ 127\.0\.0\.1:(\d+)/.exec(settings.chromeFlags)[1];
const page = new URL(url);
let number = 0;

const numeric = (value) => ({ title: "", score: 1, scoreDisplayMode: "numeric", numericValue: value, numericUnit: "millisecond" });
const report = (lcp, more) => ({
  lighthouseVersion: "12.6.1", finalDisplayedUrl: url, environment: { benchmarkIndex: 1500 },
  audits: {
    "largest-contentful-paint": numeric(lcp), "first-contentful-paint": numeric(900), "total-blocking-time": numeric(0),
    "cumulative-layout-shift": numeric(0), "speed-index": numeric(900), interactive: numeric(1600),
  },
  categories: { performance: { score: 0.9, auditRefs: [] } }, ...more,
});
const leave = (text) => {
  fs.mkdirSync(".lighthouseci", { recursive: true });
  fs.writeFileSync(`.lighthouseci/lhr-${1000 + number++}.json`, text);
};
const measure = () => https.get(
  { host: "127.0.0.1", port, path: page.pathname, headers: { Host: page.host }, rejectUnauthorized: false },
  (answer) => {
    let body = "";
    answer.on("data", (part) => { body += part; });
    answer.on("end", () => {
      const lcp = Number(/<meta name=lcp content=(\d+)/.exec(body)[1]);
      for (let run = 0; run < numberOfRuns; run++) leave(JSON.stringify(report(lcp + run)));
    });
  },
);

const WAYS = {
  measure,
  hangs: () => {
    // Apart from us, as Chrome is: in a session of its own.
    require("child_process").spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();
    setInterval(() => {}, 1000);
  },
  "is killed": () => process.kill(process.pid, "SIGKILL"),
  "prints garbage": () => { process.stdout.write(Buffer.from([0, 255, 27, 91, 50, 74, 10])); process.exit(1); },
  "leaves nothing": () => process.exit(0),
  "leaves half a report": () => leave('{"lighthouseVersion": "12.6.1", "audits": {'),
  "leaves a list": () => leave("[]"),
  "leaves an empty report": () => leave("{}"),
  "leaves no timings": () => leave(JSON.stringify(report(1500, { audits: {} }))),
  "leaves no categories": () => leave(JSON.stringify(report(1500, { categories: {} }))),
  "leaves too few": () => leave(JSON.stringify(report(1500))),
  "leaves an error": () => leave(JSON.stringify(report(1500, { runtimeError: { code: "NO_FCP", message: "nothing was painted" } }))),
  "was led away": () => leave(JSON.stringify(report(1500, { finalDisplayedUrl: "https://login.example.net/" }))),
};
WAYS[process.env.LAB_TEST]();
