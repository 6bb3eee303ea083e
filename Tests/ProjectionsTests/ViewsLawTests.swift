import Domain
import Testing

@testable import Projections

/// What holds for every history: rebuilt = live, and the views agree with the log and the state.
struct ViewsLawTests {
  /// Live views of a whole history.
  private static func live(
    _ history: History, in scratch: Scratch, seed: UInt64
  ) async throws -> ViewsWriter {
    let views = try ViewsWriter(
      opening: scratch.path("views.db"), origin: "tagledger/test", logSize: 0
    ) { (_, _) throws(Problem) in throw .shuttingDown }
    views.start(from: State(), logSize: 0)
    for batch in history.batches(seed: seed, meanCommands: 4) { views.submit(batch) }
    #expect(await views.waitUntil(history.position, timeout: .seconds(30)) == history.position)
    return views
  }

  @Test(arguments: UInt64(0)..<30)
  func `rebuilt views are those that were kept live`(seed: UInt64) async throws {
    let scratch = try Scratch()
    let history = History(seed: seed, commands: 150)
    let views = try await Self.live(history, in: scratch, seed: seed)
    let built = try ViewsBuilder.build(
      try history.slices(seed: seed, upTo: 60), at: scratch.path("built.db"),
      gathering: Int(seed) * 10)
    let snapshot = try ViewsSnapshot(of: scratch.path("views.db"))
    #expect(snapshot.position == history.position)
    #expect(built.position == history.position)
    #expect(try snapshot.firstDifference(from: built) == nil)
    let parts = try ViewsBuilder.build(
      try history.slices(seed: seed, upTo: 60),
      ViewsPart.parts(Int(seed % 5) + 1, customers: Int(seed) * 2), at: scratch.path("part.db"),
      gathering: Int(seed) * 10)
    let several = try ViewsSnapshot(of: scratch.path("views.db"), connections: 3)
    #expect(try several.firstDifference(from: parts) == nil)
    await views.close()
  }

  @Test(arguments: UInt64(0)..<15)
  func `a page of changes is what going through the log finds`(seed: UInt64) async throws {
    let scratch = try Scratch()
    let history = History(seed: seed, commands: 200)
    let views = try await Self.live(history, in: scratch, seed: seed)
    let model = try ChangeModel(history)
    var random = Seeded(seed + 1_000)
    for _ in 0..<60 {
      let query = model.randomQuery(&random)
      let expected = model.answer(query)
      var page = query
      var found: [Int64] = []
      repeat {
        let answer = try await views.reader.changes(page)
        #expect(answer.seqs.count <= query.limit)
        found += answer.seqs
        page.cursor = answer.next
      } while page.cursor != nil
      #expect(found == expected, "\(query)")
    }
    await views.close()
  }

  @Test(arguments: UInt64(0)..<15)
  func `tenures end in what the state says`(seed: UInt64) async throws {
    let scratch = try Scratch()
    let history = History(seed: seed, commands: 250)
    let views = try await Self.live(history, in: scratch, seed: seed)
    let customers = (1...history.state.lastCustomer).map { CustomerID($0) }
    let lists = try await views.reader.seqs(of: customers)
    for (customer, seqs) in zip(customers, lists) {
      let events = seqs.map { history.events[Int($0) - 1] }
      let tenures = try Tenure.tenures(of: customer, from: events)
      let open = tenures.filter { $0.until == nil }
      #expect(open.map(\.tag).sorted() == history.state.tags(of: customer))
      for tenure in open {
        let membership = Membership(tag: tenure.tag, customer: customer)
        #expect(tenure.details == history.state.details(of: membership))
      }
    }
    await views.close()
  }

  @Test(arguments: UInt64(0)..<15)
  func `the directory says of every customer what the state says`(seed: UInt64) async throws {
    let scratch = try Scratch()
    let history = History(seed: seed, commands: 250)
    let views = try await Self.live(history, in: scratch, seed: seed)
    let state = history.state
    let ids = (1...state.lastCustomer).map { CustomerID($0) }
    let entries = try views.reader.customers(ids)
    #expect(entries.map(\.id) == ids)
    for entry in entries {
      #expect(entry.revision == state.revision(of: entry.id))
      #expect(entry.channel == state.channel(of: entry.id))
      #expect(entry.mergedInto == state.merged(entry.id))
      if let phone = entry.phone {
        #expect(state.customer(phone: phone) == (try state.current(entry.id)))
        #expect(try views.reader.customer(phone: phone) == entry)
      }
    }
    var adopted = State()
    for event in history.events { try adopted.evolve(event, lookups: nil) }
    var lookups = LookupIndex()
    try views.reader.eachLookup { lookups.add($0, phone: $1, ref: $2) }
    adopted.adopt(lookups)
    #expect(adopted == state)
    try await self.checkPaging(views.reader, entries)
    await views.close()
  }

  private func checkPaging(_ reader: ViewsReader, _ entries: [DirectoryEntry]) async throws {
    let listed = entries.filter { $0.mergedInto == nil }
    for part in [nil, "ANA", "silva joao", "o"] {
      let words = NameKey.fold(part ?? "").split(separator: " ")
      func isNamed(_ entry: DirectoryEntry) -> Bool {
        words.allSatisfy { NameKey.fold(entry.name ?? "").contains($0) }
          || entries.contains { $0.mergedInto == entry.id && isNamed($0) }
      }
      let matching = listed.filter(isNamed)
      for sort in [CustomerQuery.Sort.id, .name] {
        var query = CustomerQuery(name: part, sort: sort, limit: 3)
        var found: [DirectoryEntry] = []
        repeat {
          let page = try await reader.customers(query)
          found += page.customers
          query.cursor = page.next
        } while query.cursor != nil
        let expected = matching.sorted {
          let a = sort == .name ? NameKey.fold($0.name ?? "") : ""
          let b = sort == .name ? NameKey.fold($1.name ?? "") : ""
          // SQLite compares bytes.
          return a == b ? $0.id < $1.id : a.utf8.lexicographicallyPrecedes(b.utf8)
        }
        #expect(found == expected)
      }
    }
  }
}
