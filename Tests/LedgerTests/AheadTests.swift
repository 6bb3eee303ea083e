import Domain
import Synchronization
import Testing

@testable import Ledger

@Suite struct AheadTests {
  @Test func `values come in their order, and an error in the place of its value`() async throws {
    let next = Mutex(0)
    var values = Ahead { () throws(Problem) -> Int? in
      let number = next.withLock { next in
        next += 1
        return next
      }
      if number == 3 { throw .storageFailed("the disk") }
      return number
    }
    #expect(try await values.next() == 1)
    #expect(try await values.next() == 2)
    await #expect(throws: Problem.storageFailed("the disk")) { try await values.next() }
    #expect(next.withLock { $0 } == 3, "nothing is made after an error")
  }

  @Test func `no more than one value is made before it is asked for`() async throws {
    let made = Mutex(0)
    var values = Ahead { () throws(Problem) -> Int? in
      made.withLock { made in
        made += 1
        return made > 4 ? nil : made
      }
    }
    while let value = try await values.next() {
      try await Task.sleep(for: .milliseconds(5))
      #expect(made.withLock { $0 } <= value + 1)
    }
    #expect(made.withLock { $0 } == 5, "the end is asked for once")
  }
}
