import Domain
import Projections

/// A random history of a small team, as the log would hold it.
struct History {
  private(set) var state = State()
  private(set) var events: [RecordedEvent] = []
  private(set) var directory: [Int64: DirectoryFields] = [:]
  /// `states[n]` is the state after `n` events; kept at the borders of commands only.
  private(set) var states: [Int: State] = [0: State()]
  private var random: Seeded

  init(seed: UInt64, commands: Int) {
    random = Seeded(seed)
    for _ in 0..<commands { take(randomCommand()) }
  }

  var position: Int64 { state.position }

  /// Batches of whole commands, cut at random places.
  func batches(seed: UInt64, meanCommands: Int) -> [ViewsBatch] {
    var random = Seeded(seed)
    let borders = states.keys.sorted()
    var cuts = [0]
    for border in borders.dropFirst()
    where border == events.count || Int.random(in: 0..<meanCommands, using: &random) == 0 {
      cuts.append(border)
    }
    return zip(cuts, cuts.dropFirst()).map { batch(from: $0, to: $1) }
  }

  /// The events behind `start` up to `end`, which both are borders of commands.
  func batch(from start: Int, to end: Int) -> ViewsBatch {
    let part = Array(events[start..<end])
    var fields: [Int64: DirectoryFields] = [:]
    for event in part { fields[event.seq] = directory[event.seq] }
    return ViewsBatch(events: part, before: Snapshot(states[start]!), directory: fields)
  }

  /// What the log answers to views that are behind; it stops at a border of commands.
  func catchUp(after state: State, limit: Int) throws(Problem) -> ViewsBatch {
    let start = Int(state.position)
    let end = states.keys.filter { $0 > start && $0 <= start + limit }.max() ?? events.count
    var fields: [Int64: DirectoryFields] = [:]
    for event in events[start..<end] { fields[event.seq] = directory[event.seq] }
    return ViewsBatch(
      events: Array(events[start..<end]), before: Snapshot(state), directory: fields)
  }

  /// Slices of any size, regardless of commands.
  func slices(seed: UInt64, upTo limit: Int) throws -> [ViewsSlice] {
    var random = Seeded(seed)
    var slices: [ViewsSlice] = []
    var state = State()
    var slice = ViewsSlice(first: 1)
    var size = Int.random(in: 1...limit, using: &random)
    let actors = Dictionary(
      uniqueKeysWithValues: Set(events.map(\.actor.name)).sorted().enumerated()
        .map { ($1, Int32($0 + 1)) })
    for event in events {
      let actor = actors[event.actor.name]!
      if !slice.knows(actor: actor) { slice.name(actor: actor, event.actor.name) }
      let fields = directory[event.seq]
      try slice.append(event, actor: actor, fields: fields, before: state)
      try state.evolve(event, lookups: fields?.lookups)
      if slice.count == size {
        slices.append(slice)
        slice = ViewsSlice(first: event.seq + 1)
        size = Int.random(in: 1...limit, using: &random)
      }
    }
    return slices + [slice]
  }

  // MARK: Making it up

  mutating func take(_ command: Command, reason: String? = nil) {
    let at = Timestamp(microseconds: 1_700_000_000_000_000 + state.position * 1_000)
    let reason = reason ?? reasons.randomElement(using: &random)!
    guard
      let decision = try? state.decide(command, reason: reason, limits: Limits(), at: at)
    else { return }
    let first = state.position + 1
    let actor = Actor(name: "uid:\(Int.random(in: 1000...1004, using: &random))", via: .local)
    let id = CommandID(high: UInt64(first) << 16 | 0x7000, low: UInt64(first))
    for (offset, event) in decision.events.enumerated() {
      let seq = first + Int64(offset)
      let time = Timestamp(microseconds: at.rawValue + Int64(offset))
      state.evolve(event, at: time)
      var data = event.data?.object ?? [:]
      if let personal = event.personal {
        data["sealed"] = .object(
          Dictionary(uniqueKeysWithValues: personal.map { ($0.key.rawValue, "00ff") }))
        directory[seq] = DirectoryFields(
          name: personal[.name], lookups: event.lookups ?? LookupChanges())
      }
      events.append(
        RecordedEvent(
          seq: seq, at: time, type: event.type, actor: actor, tag: event.tag,
          customer: event.customer, command: id, cause: event.cause.map { first + Int64($0) },
          occurred: event.occurred, reason: event.reason,
          data: data.isEmpty ? nil : JSON.object(data).canonical))
    }
    states[events.count] = state
  }

  private let reasons: [String?] = [
    nil, nil, nil, "Campanha de Natal", "asked by phone", "limpeza \"trimestral\"\n2026",
  ]
  private let names = [
    "Produto-Sofá", "Produto-Mesa", "Status-Enviado", "Status-Entregue", "VIP", "Novo cliente",
    "Origem-Anúncio IG", "Reclamação", "Urgente", "Pagamento pendente",
  ]

  private mutating func randomCommand() -> Command {
    guard !state.tags.isEmpty, state.lastCustomer > 0 else {
      return state.tags.isEmpty ? .createTag(draft()) : .registerCustomer(person())
    }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<6: return .createTag(draft())
    case 6..<16: return .registerCustomer(person())
    case 16..<19: return .reviseCustomer(customer(), person(), revision: nil)
    case 19..<55:
      let details: Details? = Bool.random(using: &random) ? nil : ["code": "BR\(random.next() % 9)"]
      return .apply(tag(), to: customers(), details: details)
    case 55..<75: return .remove(tag(), from: customers())
    case 75..<79: return .mergeTag(tag(), into: tag(), name: .alias, revisions: MergeRevisions())
    case 79..<81:
      let tag = tag()
      return .deleteTag(tag, customers: state.members(of: tag).count)
    case 81..<86: return .mergeCustomer(customer(), into: customer())
    case 86..<89: return .archiveTag(tag())
    case 89..<92: return .restoreTag(tag())
    case 92..<95: return .reviseTag(tag(), changes(), revision: nil)
    default: return .takeRows(rows(), policy)
    }
  }

  private let policy = ImportPolicy(
    file: "history.csv", createsTags: true, createsCustomers: false, colors: [.palette(3)])

  private mutating func rows() -> [ImportRow] {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      .history(
        HistoryRow(
          customer: .id(customer()), tag: names.randomElement(using: &random)!,
          applied: Bool.random(using: &random),
          occurred: Timestamp(microseconds: Int64(random.next() % 1_000_000)),
          ordinal: Int.random(in: 1...2, using: &random),
          source: ["Ana", "Rui", nil].randomElement(using: &random)!))
    }
  }

  private mutating func draft() -> TagDraft {
    let set = Int.random(in: 0..<3, using: &random) == 0 ? "Entrega" : nil
    return TagDraft(
      name: names.randomElement(using: &random)!, color: .palette(Int(random.next() % 20)),
      criterion: Bool.random(using: &random) ? "quem pediu" : nil, set: set)
  }

  private mutating func changes() -> TagChanges {
    var changes = TagChanges()
    changes.name = names.randomElement(using: &random)!
    changes.color = .palette(Int(random.next() % 20))
    return changes
  }

  private mutating func person() -> CustomerDraft {
    let phone = random.next() % 200
    let ref = random.next() % 200
    var personal: PersonalFields = [
      .name: ["Ana Maria", "João da Silva", "Zoë", "", "ana lima"].randomElement(using: &random)!
    ]
    var lookups = Lookups()
    if phone < 120 {
      personal[.phone] = "+55\(phone)"
      lookups.phone = LookupKey(rawValue: phone + UInt64.max / 2)
    }
    if ref < 60 {
      personal[.ref] = "r\(ref)"
      lookups.ref = LookupKey(rawValue: ref + 1)
    }
    return CustomerDraft(
      personal: personal, channel: ["loja", nil].randomElement(using: &random)!,
      lookups: lookups)
  }

  private mutating func tag() -> TagID {
    TagID(Int32.random(in: 1...Int32(state.tags.count), using: &random))
  }

  private mutating func customer() -> CustomerID {
    CustomerID(Int32.random(in: 1...state.lastCustomer, using: &random))
  }

  private mutating func customers() -> [CustomerID] {
    (0..<Int.random(in: 1...6, using: &random)).map { _ in customer() }
  }
}

extension State {
  mutating func evolve(_ event: RecordedEvent, lookups: LookupChanges?) throws {
    evolve(
      event.type, tag: event.tag, customer: event.customer, at: event.at,
      occurred: event.occurred, data: try event.data.map { try JSON(parsing: $0) },
      lookups: lookups)
  }
}

extension ViewsBuilder {
  /// Builds from all slices.
  static func build(
    _ slices: [ViewsSlice], at path: String, gathering: Int = 1_000
  ) throws -> BuiltViews {
    let builder = try ViewsBuilder(at: path, origin: "tagledger/test", gathering: gathering)
    for slice in slices { try builder.add(slice) }
    return try builder.finish()
  }

  /// Builds parts that are the whole together, each from all slices.
  static func build(
    _ slices: [ViewsSlice], _ parts: [ViewsPart], at path: String, gathering: Int = 1_000
  ) throws -> [BuiltViews] {
    let builders = try parts.enumerated().map { index, part in
      try ViewsBuilder(
        at: "\(path).\(index)", origin: "tagledger/test", gathering: gathering, part: part)
    }
    for slice in slices { for builder in builders { try builder.add(slice) } }
    return try finish(builders)
  }
}
