/**
 * `COPY` ends every row with a bare line feed when it sends it to a client; Excel's dialect wants CRLF. Line feeds within a
 * quoted cell stay as they are.
 */

const quoteByte = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Changes the pieces of one CSV file, one after the other, wherever it was cut. */
export const crlfRows = (): ((chunk: Uint8Array) => Uint8Array) => {
  let quoted = false
  return (chunk) => {
    // Every byte could be a line's end.
    const changed = Buffer.allocUnsafe(chunk.length * 2)
    let length = 0
    for (const byte of chunk) {
      if (byte === quoteByte) quoted = !quoted
      else if (byte === lineFeed && !quoted) changed[length++] = carriageReturn
      changed[length++] = byte
    }
    return changed.subarray(0, length)
  }
}
