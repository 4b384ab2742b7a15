import { readdirSync } from 'node:fs'

const chapter = (name) => ({
  text: name,
  items: readdirSync(new URL(`../${name}/`, import.meta.url))
    .filter((file) => file.endsWith('.md') && file !== 'Index.md')
    .map((file) => ({ text: file.slice(0, -3).replaceAll('-', ' '), link: `/${name}/${file.slice(0, -3)}` })),
})

export default {
  lang: 'en',
  title: 'Fastify',
  description: 'Fast and low overhead web framework, for Node.js',
  cleanUrls: true,
  lastUpdated: false,
  ignoreDeadLinks: true,
  sitemap: { hostname: 'https://fastify.example.com' },
  themeConfig: {
    nav: [{ text: 'Guides', link: '/Guides/' }, { text: 'Reference', link: '/Reference/' }],
    sidebar: [chapter('Guides'), chapter('Reference')],
  },
}
