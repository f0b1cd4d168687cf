// @ts-check

/** The storage of the device; null where there is none: then forms are sent as they are. */
export const storage = storageOf();

function storageOf() {
  try {
    localStorage.setItem("probe", "");
    localStorage.removeItem("probe");
    return localStorage;
  } catch {
    return null;
  }
}
