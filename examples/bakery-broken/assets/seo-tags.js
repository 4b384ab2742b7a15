// Adds what the tag manager used to add.
(() => {
  const meta = document.createElement("meta");
  meta.name = "robots";
  meta.content = "noarchive";
  document.head.append(meta);
})();
