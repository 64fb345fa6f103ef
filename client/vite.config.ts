import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVER = "http://localhost:4400";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    // The content security policy allows no data: fonts.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      "/api": { target: SERVER },
      "/socket.io": { target: SERVER, ws: true },
    },
  },
});
