export default {
  esbuild: { jsx: 'automatic' },
  build: { target: 'esnext', minify: false, outDir: 'target/page', emptyOutDir: true, chunkSizeWarningLimit: 100000 },
  define: { 'process.env.NODE_ENV': '"production"' },
};
