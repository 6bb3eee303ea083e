import Domain
import EventLog

extension Log {
  /// A command with what only the sealed fields tell.
  func informed(
    _ command: Command, in state: State, before: Snapshot, _ drafts: [Draft]
  ) throws(Problem) -> Command {
    if case .undo(var undo) = command {
      try undo.complete(from: self, through: before.state.position, drafts)
      return .undo(undo)
    }
    guard case .eraseCustomer(let id, _) = command else {
      return try withoutKnown(command, in: state, before: before)
    }
    let customer = try state.current(id)
    var fields: [CustomerID: FieldCounts] = [:]
    for part in [customer] + state.mergedAway(into: customer) {
      fields[part] = try fieldCounts(of: part)
    }
    // What earlier orders of the group have set is not on the disk yet.
    for event in drafts.lazy.flatMap(\.events) {
      guard let part = event.customer, fields[part] != nil else { continue }
      for (field, value) in event.personal ?? [:] where !value.isEmpty {
        fields[part]![field, default: 0] += 1
      }
    }
    return .eraseCustomer(customer, fields: fields)
  }

  /// Leaves out the personal fields that are the same already, so that they make no event.
  ///
  /// What an earlier order of the same group has revised is not on the disk yet; there every field
  /// counts as changed.
  private func withoutKnown(
    _ command: Command, in state: State, before: Snapshot
  ) throws(Problem) -> Command {
    guard case .reviseCustomer(let id, var draft, let revision) = command else { return command }
    let customer = try state.current(id)
    if !draft.personal.isEmpty, customer.rawValue <= before.state.lastCustomer,
      state.revision(of: customer) == before.state.revision(of: customer)
    {
      let known = try personal(of: customer)
      draft.personal = draft.personal.filter { $0.value != known[$0.key] ?? "" }
    }
    return .reviseCustomer(id, draft, revision: revision)
  }
}
