package import Domain
internal import Glibc

/// UUIDv7 (RFC 9562 §6.2, method 1): 48 bits of milliseconds, a 12-bit counter, 62 random bits.
///
/// Ids strictly rise. When the clock stands or goes back, the counter goes on; when the counter
/// is used up, the milliseconds run ahead of the clock.
package struct CommandIDGenerator: Sendable {
  private var milliseconds: UInt64
  private var counter: UInt64
  /// Random words fetched ahead, since asking the kernel for each costs more than the rest of an id.
  private var words = RandomWords()

  /// Goes on after an id given before, such as the last one in the log.
  package init(after last: CommandID? = nil) {
    milliseconds = last.map { $0.high >> 16 } ?? 0
    counter = last.map { $0.high & 0xfff } ?? 0
  }

  package mutating func next(now: Timestamp) -> CommandID {
    let present = UInt64(clamping: now.rawValue / 1000) & 0xffff_ffff_ffff
    if present > milliseconds {
      milliseconds = present
      // A random start below the half leaves the counter room to go on within the millisecond.
      counter = words.next() & 0x7ff
    } else if counter < 0xfff {
      counter += 1
    } else {
      milliseconds += 1
      counter = words.next() & 0x7ff
    }
    return CommandID(
      high: milliseconds << 16 | 0x7000 | counter,
      low: 1 << 63 | words.next() >> 2)
  }
}

/// The system's randomness, taken by the handful.
private struct RandomWords: Sendable {
  private var words: [UInt64] = []

  mutating func next() -> UInt64 {
    if let word = words.popLast() { return word }
    words = [UInt64](repeating: 0, count: 32)
    // "The maximum permitted value for the length argument is 256" (getentropy(3)).
    if getentropy(&words, 256) != 0 {
      var system = SystemRandomNumberGenerator()
      for index in words.indices { words[index] = system.next() }
    }
    return words.removeLast()
  }
}
