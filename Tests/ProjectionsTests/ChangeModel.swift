import Domain

@testable import Projections

/// Answers queries by going through the whole log.
struct ChangeModel {
  private let events: [RecordedEvent]
  /// By event: the tags and customers it concerns, and the words in it.
  private var tags: [Set<TagID>] = []
  private var customers: [Set<CustomerID>] = []
  private var words: [Set<String>] = []

  init(_ history: History) throws {
    events = history.events
    var state = State()
    for event in events {
      var tags = Set([event.tag].compactMap(\.self))
      var customers = Set([event.customer].compactMap(\.self))
      let data = try event.data.map { try JSON(parsing: $0) }
      switch event.type {
      case .tagMerged:
        tags.insert(TagID(Int32(data!["into"]!.int!)))
        customers.formUnion(state.members(of: event.tag!))
      case .tagDeleted:
        customers.formUnion(state.members(of: event.tag!))
      case .customerMerged:
        customers.insert(CustomerID(Int32(data!["into"]!.int!)))
        tags.formUnion(state.tags(of: event.customer!))
      default: break
      }
      self.tags.append(tags)
      self.customers.append(customers)
      words.append(Self.words(in: event, data))
      try state.evolve(event, lookups: history.directory[event.seq]?.lookups)
    }
  }

  func randomQuery(_ random: inout Seeded) -> ChangeQuery {
    func sometimes<Value>(_ value: Value?) -> Value? {
      Int.random(in: 0..<3, using: &random) == 0 ? value : nil
    }
    let some = events.randomElement(using: &random)!
    var query = ChangeQuery(
      actor: sometimes(some.actor.name), tag: sometimes(some.tag),
      customer: sometimes(some.customer),
      order: Bool.random(using: &random) ? .newest : .oldest,
      limit: Int.random(in: 1...40, using: &random))
    if sometimes(true) != nil {
      query.types = [some.type, events.randomElement(using: &random)!.type]
    }
    if sometimes(true) != nil {
      let end = events.randomElement(using: &random)!.seq
      query.seqs = min(some.seq, end)...max(some.seq, end)
    }
    if sometimes(true) != nil {
      query.words = [
        ["natal", "limp", "history", "Ana", "br1", "nothing", "SOFA"]
          .randomElement(using: &random)!
      ].map { ChangeQuery.Word($0, tags: [TagID(1)]) }
    }
    return query
  }

  func answer(_ query: ChangeQuery) -> [Int64] {
    let found = events.indices.filter { index in
      let event = events[index]
      if let actor = query.actor, event.actor.name != actor { return false }
      if let tag = query.tag, !tags[index].contains(tag) { return false }
      if let customer = query.customer, !customers[index].contains(customer) { return false }
      if !query.types.isEmpty, !query.types.contains(event.type) { return false }
      if let seqs = query.seqs, !seqs.contains(event.seq) { return false }
      return query.words.allSatisfy { word in
        words[index].contains { $0.hasPrefix(NameKey.fold(word.text)) }
          || word.tags.contains { tags[index].contains($0) }
      }
    }.map { events[$0].seq }
    return query.order == .oldest ? found : found.reversed()
  }

  private static func words(in event: RecordedEvent, _ data: JSON?) -> Set<String> {
    var texts = [event.reason].compactMap(\.self)
    func visit(_ json: JSON) {
      switch json {
      case .string(let text): texts.append(text)
      case .array(let elements): elements.forEach(visit)
      case .object(let members):
        for (key, value) in members where key != "sealed" { visit(value) }
      default: break
      }
    }
    if let data { visit(data) }
    return Set(
      texts.flatMap { text in
        NameKey.fold(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
      })
  }
}
