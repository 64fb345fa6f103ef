import { config } from "zod";

// Schemas would try `new Function` as they are made, and the page's policy would report each page as an attempt to evaluate text.
config({ jitless: true });
