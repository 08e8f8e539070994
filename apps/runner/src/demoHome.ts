/** Where the demo keeps its server and files: inside the home folder, apart from everything real. */
import * as path from "node:path"

export const demoHome = (home: string): string => path.join(home, "demo")
