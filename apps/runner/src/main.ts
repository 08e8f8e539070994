/** The entry: keeps the heap small, then starts the program. */
import "./collectGarbageSooner.ts"

await import("./program.ts")
