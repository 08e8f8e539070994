/**
 * Permits that are given to whoever asks for the earliest time first, so that of several days that are read at once the
 * first is done first: when the quota is spent in between, days are done rather than begun.
 */
import * as Effect from "effect/Effect"

interface Waiter {
  /** Epoch ms; smaller ones go first, and of the same those who came first. */
  readonly time: number
  wake: (() => void) | undefined
}

export class PermitQueue {
  private permits: number
  private held = 0
  private readonly waiters: Array<Waiter> = []

  private readonly giveBack = Effect.suspend(() => {
    this.held--
    return this.wakeNext
  })

  /** Not at once: who gives a permit back says first why it ended, as keys that were refused are not to be used by the next. */
  private readonly wakeNext = Effect.withFiber((fiber) => {
    fiber.currentDispatcher.scheduleTask(() => this.wakeFirst(), 0)
    return Effect.void
  })

  constructor(permits: number) {
    this.permits = permits
  }

  /** Fewer than are held now come about as they are given back. */
  resize(permits: number): Effect.Effect<void> {
    return Effect.suspend(() => {
      this.permits = permits
      return this.wakeNext
    })
  }

  /** Runs the effect once a permit is free and nobody waits who asks for an earlier time. */
  withPermit<A, E, R>(time: number, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.uninterruptibleMask((restore) =>
      Effect.suspend(() => {
        const waiter = this.enqueue(time)
        return restore(this.turnOf(waiter)).pipe(
          // Whoever gives up while waiting may be the one that was woken.
          Effect.onInterrupt(() => Effect.sync(() => this.leave(waiter))),
          Effect.andThen(Effect.ensuring(restore(effect), this.giveBack)),
        )
      }),
    )
  }

  private enqueue(time: number): Waiter {
    const waiter: Waiter = { time, wake: undefined }
    const at = this.waiters.findLastIndex((other) => other.time <= time)
    this.waiters.splice(at + 1, 0, waiter)
    return waiter
  }

  private turnOf(waiter: Waiter): Effect.Effect<void> {
    return Effect.suspend(() => {
      if (this.held < this.permits && this.waiters[0] === waiter) {
        this.held++
        this.leave(waiter)
        return Effect.void
      }
      const woken = Effect.callback<void>((resume) => {
        waiter.wake = () => resume(Effect.void)
      })
      return Effect.andThen(woken, this.turnOf(waiter))
    })
  }

  private leave(waiter: Waiter): void {
    const at = this.waiters.indexOf(waiter)
    if (at !== -1) this.waiters.splice(at, 1)
    this.wakeFirst()
  }

  private wakeFirst(): void {
    if (this.held < this.permits) this.waiters[0]?.wake?.()
  }
}
