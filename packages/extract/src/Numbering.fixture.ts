/** Texts by number, from 0, in the order in which they came: numbers are quick to hold, compare and look up. */
export class Numbering {
  private readonly texts: Array<string> = []
  private readonly ids = new Map<string, number>()

  get size(): number {
    return this.texts.length
  }

  idOf(text: string): number {
    let id = this.ids.get(text)
    if (id === undefined) {
      id = this.texts.length
      this.texts.push(text)
      this.ids.set(text, id)
    }
    return id
  }

  text(id: number): string {
    return this.texts[id]!
  }
}
