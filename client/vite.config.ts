import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin } from "vite";

const SERVER = "http://localhost:4400";
const PLACE = "/* verifier */";

/** The verifier as one page with everything in it: it is opened from a disk, without a server and without a network. */
function verifierPage(): Plugin {
  return {
    name: "verifier-page",
    apply: "build",
    async generateBundle() {
      const root = new URL(".", import.meta.url).pathname;
      const lib = { entry: `${root}verifier/start-verifier.ts`, formats: ["iife" as const], name: "AccordVerifier" };
      const built = await build({ configFile: false, root, publicDir: false, logLevel: "warn", build: { lib, write: false } });
      const [output] = [built].flat();
      const chunk = output !== undefined && "output" in output ? output.output[0] : undefined;
      const page = await this.fs.readFile(`${root}verifier/verifier.html`, { encoding: "utf8" });
      // A closing tag inside a text of the program would end the script.
      const code = (chunk?.code ?? "").replaceAll("</script", String.raw`<\/script`);
      this.emitFile({ type: "asset", fileName: "verify.html", source: page.split(PLACE).join(code) });
    },
  };
}

export default defineConfig({
  plugins: [react(), verifierPage()],
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
