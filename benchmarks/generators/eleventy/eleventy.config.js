const govuk = require('@x-govuk/govuk-eleventy-plugin')

module.exports = (config) => {
  config.addPlugin(govuk, {
    titleSuffix: 'npm documentation',
    url: 'https://npm.example.com/',
    header: { productName: 'npm documentation', productUrl: '/' },
  })
  config.addGlobalData('layout', 'page')
  const layouts = '../node_modules/@x-govuk/govuk-eleventy-plugin/layouts'
  return { dir: { input: 'content', layouts }, markdownTemplateEngine: false, htmlTemplateEngine: 'njk' }
}
