// The ordering app. It starts when the page hands it the settings of the shop.
(() => {
  const uploads = { region: "eu-west-2", accessKeyId: "AKIAQ3HEARTHCRUMB7ZX" };
  const start = (settings) => {
    const app = document.getElementById("app");
    app.textContent = `Order by ${settings.closes}, collect tomorrow.`;
    app.dataset.region = uploads.region;
  };
  if (window.shopSettings) start(window.shopSettings);
})();
