import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'

export default defineConfig({
  site: 'https://undici.example.com',
  integrations: [
    starlight({
      title: 'Undici',
      description: 'An HTTP/1.1 client, written from scratch for Node.js',
      pagefind: false,
      sidebar: [
        { label: 'API', autogenerate: { directory: 'api' } },
        { label: 'Best practices', autogenerate: { directory: 'best-practices' } },
      ],
    }),
  ],
})
