import Domain
import EventLog
import Testing

struct IdTests {
  @Test func `ids rise while the clock stands, runs and goes back`() {
    var generator = CommandIDGenerator()
    var last: CommandID?
    for index in 0..<20_000 {
      let now = time(Int64(index % 7 < 3 ? index * 300 : -index * 1000))
      let next = generator.next(now: now)
      if let last { #expect(next > last) }
      last = next
    }
  }

  @Test func `an id carries its version, its variant and its milliseconds`() {
    var generator = CommandIDGenerator()
    let id = generator.next(now: time())
    #expect(id.milliseconds == time().rawValue / 1000)
    #expect(id.high >> 12 & 15 == 7)
    #expect(id.low >> 62 == 2)
    #expect(Array(id.description)[14] == "7")
  }

  @Test func `ids go on after the last one of the log, even from a clock that is behind`() {
    var first = CommandIDGenerator()
    let last = first.next(now: time(60_000_000))
    var second = CommandIDGenerator(after: last)
    #expect(second.next(now: time()) > last)
  }

  @Test func `times rise by at least one microsecond`() {
    var clock = RisingClock(after: time())
    #expect(clock.next(now: time(-5)) == time(1))
    #expect(clock.next(now: time(1)) == time(2))
    #expect(clock.next(now: time(50)) == time(50))
  }
}
