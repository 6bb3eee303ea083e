import Domain
import TestSupport
import Testing

@testable import Ledger

struct MomentTests {
  @Test(arguments: UInt64(0)..<20)
  func `moments come in their order, each customer's last one alone`(seed: UInt64) {
    var chance = Chance(seed: seed)
    var moments = Moments()
    var plain: [CustomerID: Timestamp] = [:]
    var now: Int64 = 0
    for _ in 0..<3000 {
      let customer = CustomerID(Int32(chance.number(1...300)))
      let wait: Timestamp? =
        chance.happens(1, of: 8)
        ? nil : Timestamp(microseconds: now + Int64(chance.number(-10...2_000_000)) * 1_000_000)
      moments.wait(for: wait, of: customer)
      plain[customer] = wait
      guard chance.happens(1, of: 20) else { continue }
      now += Int64(chance.number(0...300_000)) * 1_000_000
      let due = plain.filter { $0.value.rawValue <= now }
        .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      for (customer, moment) in due {
        let found = moments.first(by: Timestamp(microseconds: now))
        #expect(found?.customer == customer && found?.moment == moment)
        moments.wait(for: nil, of: customer)
        plain[customer] = nil
      }
      #expect(moments.first(by: Timestamp(microseconds: now)) == nil)
      #expect(moments.count == plain.count)
    }
  }
}
