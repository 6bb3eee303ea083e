import Domain
import Foundation

/// What it costs to find out who gives a command and to authorise it, against the whole of a durable
/// command.
struct Authorising {
  private static let operators: Int32 = 20
  private static let commands = 200_000
  private static let time = Timestamp(microseconds: 1_795_309_323_000_000)
  private var state = State()
  private let tag: TagID

  /// A team whose members have several roles each, some of them for some tags only.
  init() throws {
    tag = TagID(1)
    try order(.team(.found(Founding(name: "founder", uid: 1000))))
    try order(.createTag(TagDraft(name: "Status-Novo", color: .palette(1))))
    try order(
      .registerCustomer(CustomerDraft(personal: [.name: "Ana"], lookups: Lookups())))
    for number in 0..<Self.operators {
      let name = "Operator \(number)"
      try order(
        .team(
          .registerOperator(OperatorDraft(name: name, identities: [.uid(2000 + UInt32(number))]))))
      let id = try require(state.team.operator(named: name)?.id)
      for (role, categories) in [("agent", ["Status", "Pedido"]), ("auditor", nil)] {
        try order(
          .team(
            .grantRole(
              GrantDraft(
                try require(state.team.role(named: role)?.id), to: id, categories: categories))))
      }
    }
  }

  private mutating func order(_ command: Command) throws {
    let decision = try state.decide(command, limits: Limits(), at: Self.time)
    for event in decision.events { state.evolve(event, at: Self.time) }
  }

  private func require<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Failure("the team to measure with is not there") }
    return value
  }

  /// Seconds per command to identify the caller and to authorise the command and its event. The writer
  /// remembers callers; here each is found out anew.
  func cost() throws -> Double {
    let command = Command.apply(tag, to: [CustomerID(1)], details: nil)
    let events = try state.decide(command, limits: Limits(), at: Self.time).events
    let all = try duration {
      for number in 0..<Self.commands {
        let caller = Caller.local(uid: 2000 + UInt32(number) % UInt32(Self.operators))
        let actor = try state.identify(caller, at: Self.time)
        let powers = state.powers(of: actor, at: Self.time)
        try state.authorise(command, with: powers, at: Self.time)
        try state.authorise(events, by: actor, with: powers, isImport: false, at: Self.time)
      }
    }
    return all / Double(Self.commands)
  }
}

extension Writing {
  /// The share of authorising in a durable command, at the highest rate of these.
  func authorising(_ table: inout Table) throws {
    let authorising = try Authorising()
    let durable = Load(daemon.socket, connections: 128, request: application(60))
    var times: (command: [Double], own: [Double]) = ([], [])
    for _ in 0..<max(3, rounds) {
      times.command.append(1 / (try durable.rate(seconds: 2)))
      times.own.append(try authorising.cost())
    }
    let (figure, bound) = (times.own.median, times.command.median)
    table.add(
      "authorising a command, caller not known yet", "\(Text.fixed(figure * 1e6, 2)) µs",
      bound: "\(Text.fixed(bound * 1e6, 1)) µs (a durable command)", ratio: figure / bound,
      reach: "at most 0.1", met: figure <= bound / 10)
  }
}
