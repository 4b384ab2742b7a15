// Card payments for trade accounts.
window.checkout = {
  key: "pk_test_51HearthAndCrumbNotARealKey00",
  currency: "GBP",
};
