package import Domain

extension Log {
  /// Refuses a command of which an event would be larger than a public form may be.
  ///
  /// `append` refuses it too, but with the whole batch; asked beforehand, only this command is refused.
  package func checkSize(of events: [Event], by actor: Actor) throws(Problem) {
    let rest = 6 * (actor.name.utf8.count + origin.utf8.count) + 1000
    var last: (values: JSON, bound: Int)?
    for event in events {
      var bound = rest + 6 * (event.reason?.utf8.count ?? 0)
      switch event.content {
      case .values(let values):
        if last?.values != values { last = (values, values.sizeBound) }
        bound += last?.bound ?? 0
      case .fact(let fact): bound += fact.sizeBound
      case nil: break
      }
      guard bound > PublicForm.byteLimit else { continue }
      let recorded = RecordedEvent(
        seq: .max, at: Timestamp(microseconds: 0), type: event.type, actor: actor, tag: event.tag,
        customer: event.customer, command: CommandID(high: 0, low: 0),
        cause: event.cause.map { _ in .max } ?? event.origin, occurred: event.occurred,
        reason: event.reason,
        data: event.content?.canonical)
      // Digests of sealed fields come on top: at most six of them, of 64 digits each.
      let bytes = publicForm(recorded).count + (event.personal?.count ?? 0) * 100
      guard bytes <= PublicForm.byteLimit else {
        throw .eventTooLarge(bytes: bytes, limit: PublicForm.byteLimit)
      }
    }
  }
}

extension JSON {
  /// No canonical form of this value is longer, whatever its strings hold.
  fileprivate var sizeBound: Int {
    switch self {
    case .null, .bool: 5
    case .int: 17
    case .string(let text): 6 * text.utf8.count + 2
    case .array(let items): items.reduce(2) { $0 + $1.sizeBound + 1 }
    case .object(let members):
      members.reduce(2) { $0 + 6 * $1.key.utf8.count + $1.value.sizeBound + 4 }
    }
  }
}
