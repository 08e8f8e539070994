/** A category as it is called: by its name, or where it has none, by its id. */
export const categoryName = (id: string, name: string | null): string =>
  name === null || name === "" ? id : name
