import Domain
import TestSupport

/// A team on paper: what each act leads to, decided and authorised as the writer does it.
struct PaperTeam {
  var state = State()
  var events: [(Event, Timestamp)] = []
  var now = Timestamp(microseconds: 1_795_309_323_000_000)

  init(owner uid: UInt32? = 1000) throws(Problem) {
    try take(.team(.found(Founding(name: "Ana", uid: uid))), by: .system)
  }

  /// Decides as the writer does: who asks, the command, what follows, and whether that is allowed.
  @discardableResult
  mutating func take(_ command: Command, by caller: Caller) throws(Problem) -> [Event] {
    let actor = try state.identify(caller, at: now)
    let powers = state.powers(of: actor, at: now)
    try state.authorise(command, with: powers, at: now)
    let decision = try state.decide(command, limits: Limits(), at: now)
    try state.authorise(decision.events, by: actor, with: powers, isImport: false, at: now)
    for event in decision.events {
      state.evolve(event, at: now)
      events.append((event, now))
      now = Timestamp(microseconds: now.rawValue + 1)
    }
    now = Timestamp(microseconds: now.rawValue + 1_000_000)
    return decision.events
  }

  @discardableResult
  mutating func take(_ command: TeamCommand, by caller: Caller = .local(uid: 1000)) throws(Problem)
    -> [Event]
  {
    try take(.team(command), by: caller)
  }

  mutating func add(_ name: String, uid: UInt32) throws(Problem) -> OperatorID {
    try take(.registerOperator(OperatorDraft(name: name, identities: [.uid(uid)])))
    return OperatorID(Int32(state.team.operators.count))
  }

  func role(_ name: String) -> RoleID { state.team.role(named: name)!.id }

  mutating func grant(
    _ role: String, to holder: OperatorID, _ categories: [String]? = nil,
    until: Timestamp? = nil, by caller: Caller = .local(uid: 1000)
  ) throws(Problem) {
    try take(
      .grantRole(GrantDraft(self.role(role), to: holder, categories: categories, until: until)),
      by: caller)
  }

  mutating func tag(_ name: String, set: String? = nil) throws(Problem) -> TagID {
    try take(
      .createTag(TagDraft(name: name, color: .palette(0), set: set)), by: .local(uid: 1000)
    )[0].tag!
  }

  mutating func customer(_ name: String) throws(Problem) -> CustomerID {
    let draft = CustomerDraft(personal: [.name: name], lookups: Lookups())
    return try take(.registerCustomer(draft), by: .local(uid: 1000))[0].customer!
  }

  static func digest(_ number: Int) -> TokenDigest {
    let tail = String(number, radix: 16)
    return TokenDigest(hex: String(repeating: "0", count: 64 - tail.count) + tail)!
  }
}
