// Runs in the page's own world in every document, before its scripts: tells when one asks for a permission. No other
// place hears of it. The functions stay what they were, and our way to tell is taken out of the page's sight.
(() => {
  const tell = globalThis.__gonogoAsks;
  delete globalThis.__gonogoAsks;
  if (typeof tell !== "function") return;
  const { apply } = Reflect, { String } = globalThis, { location } = globalThis;
  const watch = (holder, name, what) => {
    const own = holder?.[name];
    if (typeof own !== "function") return;
    holder[name] = new Proxy(own, {
      apply(target, self, given) {
        tell(`${what} ${String(location.href)}`);
        return apply(target, self, given);
      },
    });
  };
  watch(globalThis.Geolocation?.prototype, "getCurrentPosition", "location");
  watch(globalThis.Geolocation?.prototype, "watchPosition", "location");
  watch(globalThis.Notification, "requestPermission", "notifications");
  watch(globalThis.MediaDevices?.prototype, "getUserMedia", "media");
  watch(globalThis.PushManager?.prototype, "subscribe", "push");
})();
