/** Where the modules of the page lie. */
export const ASSETS = new URL("../../intersessional/plugins/core/page/assets/", import.meta.url);
