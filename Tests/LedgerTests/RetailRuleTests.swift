import Domain
import Foundation
import Ledger
import Synchronization
import TestSupport
import Testing

/// A gift shop's year with all ready rules switched on, while its orders come in month by month.
///
/// Of every fifth customer, all lines of the whole year: more take minutes in a debug build.
/// `TAGLEDGER_RETAIL_SHARE=1` takes everybody.
@Suite struct RetailRuleTests {
  private static let share =
    ProcessInfo.processInfo.environment["TAGLEDGER_RETAIL_SHARE"].flatMap { Int($0) } ?? 5
  /// When the shop looks at its customers; the orders before each moment come in at it.
  private static let moments = ["2010-06-01", "2010-09-15", "2010-11-20", "2010-12-10"]
  private static let category = "WHITE HANGING HEART T-LIGHT HOLDER"

  /// Other values than the guide's, whose amounts are those of furniture.
  private static let parameters: [String: [String: String]] = [
    "A3": ["amount": "1500"], "A6": ["amount": "2000"],
    "A7": ["category": category, "share": "25"], "A15": ["order": "500", "amount": "2000"],
    "A16": ["order": "500", "amount": "2000"], "A17": ["category": category],
    "A18": ["broadcast": "natal-2010"],
  ]

  @Test(
    .enabled(
      if: RetailYear.isPossible,
      "skipped: the year of a shop does not lie beside the repository, or there is no xz"))
  func `who has the tag of each ready rule after a shop's year is whom SQL finds in the same file`()
    async throws
  {
    let fixture = try LedgerFixture()
    let clock = try Clock("2009-12-01")
    let ledger = try await fixture.open(now: clock.now)
    _ = try await ledger.submit(
      Order(.reviseAccount(currency: "GBP"), by: LedgerFixture.founder))
    for ready in ReadyRule.all {
      let draft = ReadyRuleDraft(
        ready.id, .en, parameters: Self.parameters[ready.id] ?? [:], isEnabled: true)
      try await ledger.order(.rule(.adopt(draft)), reason: "o guia")
    }
    let data = try Shell.output(
      of: "xz -dc \(Shell.quoted(RetailYear.path)) | awk -F, -v n=\(Self.share) "
        + "'NR == 1 || ($(NF-1) != \"\" && $(NF-1) % n == 0)'")
    let shop = try RetailShop(data, category: Self.category)
    var rest = String(decoding: data, as: UTF8.self).split(separator: "\n")[...]
    let heading = rest.removeFirst()
    for moment in Self.moments {
      try clock.set(moment)
      let lines = rest.prefix { RetailShop.time(of: $0) < moment }
      rest = rest.dropFirst(lines.count)
      var request = ImportRequest(
        kind: .orders, file: "\(moment).csv", columns: [.category: "Description"])
      request.createsCustomers = true
      let job = try await ledger.take(([heading] + lines).joined(separator: "\n"), request)
      #expect(job.problem == nil && job.result["refused"] == nil, "\(job.result)")
      try await Contacts(seed: UInt64(lines.count)).record(in: ledger, at: clock.now())
      if rest.isEmpty { try await steps(ledger, shop) }
      await ledger.waitForRules()
      await scratch(ledger, moment)
    }
    #expect(rest.isEmpty)
    try await sql(ledger, shop)
    try rfm(ledger, shop)
    try await ledger.verifies()
    await ledger.close()
  }

  private func steps(_ ledger: Ledger, _ shop: RetailShop) async throws {
    let drafts = try shop.steps(at: Self.moments.last!).map { step in
      let customer = try #require(ledger.customer(ref: step.customer))
      return FactDraft(step.fact, of: .id(customer), occurred: step.at)
    }
    try await ledger.order(.recordFacts(drafts, FactPolicy()))
  }

  /// Every tag is held by whom its filter finds, asked of everybody anew.
  private func scratch(_ ledger: Ledger, _ moment: String) async {
    let state = ledger.state
    for rule in state.rules.all {
      let found = rule.filter!.customers(in: state, at: ledger.moment)
      #expect(
        Array(state.members(of: rule.tag)) == Array(found), "\(rule.ready ?? "") at \(moment)")
    }
  }

  /// And those that ask about orders, by whom SQL finds.
  private func sql(_ ledger: Ledger, _ shop: RetailShop) async throws {
    let state = ledger.state
    var told: [String] = []
    for rule in state.rules.all {
      let members = state.members(of: rule.tag)
      told.append("\(rule.ready ?? "") \(members.count)")
      guard let question = RetailShop.questions[rule.ready ?? ""] else { continue }
      let found = try shop.customers(question, at: Self.moments.last!)
      #expect(!found.isEmpty, "nobody to compare for \(rule.ready ?? "")")
      let ids = try found.map { try #require(ledger.customer(ref: $0)).rawValue }
      #expect(members.map(\.rawValue) == ids.sorted(), "\(rule.ready ?? "")")
    }
    #expect(state.rules.all.count == 19 && RetailShop.questions.count == 15)
    print("retail, all rules: \(state.position) events; \(told.joined(separator: ", "))")
  }

  /// Recency, frequency and money of the import, scored, and scored in SQL.
  private func rfm(_ ledger: Ledger, _ shop: RetailShop) throws {
    let table = ledger.state.rfmTable(at: ledger.moment)
    let levels = table.settings.levels
    #expect(table.settings.scale == .quantiles(.below))
    let rows = try shop.scores(levels: levels, at: Self.moments.last!)
    #expect(rows.count == table.customers.count && rows.count > 500)
    for row in rows {
      let customer = try #require(ledger.customer(ref: row.customer))
      let index = try #require(table.index(of: customer))
      let (scores, figures) = (table.scores[index], row.figures)
      #expect(
        figures == [
          table.recency[index], table.frequency[index], table.monetary[index],
          Int64(scores.recency), Int64(scores.frequency), Int64(scores.monetary),
        ], "customer \(row.customer)")
    }
  }
}

/// A clock that stands where the test puts it.
private final class Clock: Sendable {
  private let moment: Mutex<Timestamp>

  init(_ text: String) throws { moment = Mutex(try Timestamp(parsing: text)) }

  func now() -> Timestamp { moment.withLock { $0 } }

  func set(_ text: String) throws {
    let time = try Timestamp(parsing: text)
    moment.withLock { $0 = time }
  }
}

/// What the file does not tell, so that the rules about messages, broadcasts and enquiries have
/// something to decide; of orders it says nothing.
private struct Contacts {
  private var chance: Chance

  init(seed: UInt64) {
    chance = Chance(seed: seed)
  }

  func record(in ledger: Ledger, at now: Timestamp) async throws {
    var chance = chance
    var drafts: [FactDraft] = []
    for number in 1...ledger.state.lastCustomer where number.isMultiple(of: 5) {
      let customer = RowCustomer.id(CustomerID(number))
      for _ in 0..<chance.number(1...3) {
        let hours = Int64(chance.number(1...300))
        let id = "\(now.rawValue / 1_000_000)-\(drafts.count)"
        let fact = chance.pick([
          Fact.messageSent(id: id), .messageSent(id: id), .messageReceived(id: id),
          .broadcastReceived(broadcast: "natal-2010"), .broadcastAnswered(broadcast: "natal-2010"),
          .enquiryMade(id: id, category: "Outra", product: nil),
        ])
        drafts.append(
          FactDraft(
            fact, of: customer,
            occurred: Timestamp(microseconds: now.rawValue - hours * 3_600_000_000)))
      }
    }
    try await ledger.order(.recordFacts(drafts, FactPolicy()))
  }
}
