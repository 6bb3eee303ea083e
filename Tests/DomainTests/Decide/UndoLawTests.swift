import TestSupport
import Testing

@testable import Domain

/// What holds of an undo after any history of commands.
@Suite struct UndoLawTests {
  @Test(arguments: UInt64(0)..<120)
  func `undoing the last command gives what was before it, and undoing that what was after`(
    seed: UInt64
  ) throws {
    var commands = RandomCommands(seed: seed)
    var ledger = Shop()
    for step in 1...60 {
      let before = ledger.state
      let command = commands.next(for: before)
      guard let decision = try? ledger.take(command), !decision.events.isEmpty else { continue }
      guard step.isMultiple(of: 3) else { continue }
      let after = ledger.state
      var trial = ledger
      let undone = try trial.takeUndo(after: before.position)
      // A customer whom the command registered stays, and so does the phone that they took over.
      guard undone.left.allSatisfy({ $0.why == .registered }) else {
        #expect(undone.left.contains { $0.why == .registered }, "\(command)")
        continue
      }
      #expect(trial.state.faults == [])
      #expect(trial.state.sight(of: before) == before.sight(of: before), "\(command)")
      guard !undone.events.isEmpty else { continue }
      let again = try trial.takeUndo(after: after.position)
      #expect(again.left == [], "\(command)")
      #expect(trial.state.faults == [])
      #expect(trial.state.sight(of: after) == after.sight(of: after), "\(command)")
      #expect(try trial.replayed() == trial.state)
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `what others have touched since is left alone and told; the rest is set back`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var commands = RandomCommands(seed: seed)
    var ledger = Shop()
    var taken: [ClosedRange<Int64>] = []
    for _ in 1...60 {
      let first = ledger.state.position + 1
      let command = commands.next(for: ledger.state)
      guard let decision = try? ledger.take(command), !decision.events.isEmpty else { continue }
      taken.append(first...ledger.state.position)
    }
    for _ in 1...6 {
      guard let seqs = taken.isEmpty ? nil : chance.pick(taken) else { return }
      let undo = try ledger.undo(of: seqs)
      let present = ledger.state
      let decision = try ledger.take(.undo(undo))
      let state = ledger.state
      #expect(state.faults == [])
      #expect(try ledger.replayed() == state)
      let left = Set(decision.left.map(\.subject))
      for tag in undo.before.tags {
        var changed = undo.before.members(of: tag.id)
        changed.subtract(undo.after.members(of: tag.id))
        var gained = undo.after.members(of: tag.id)
        gained.subtract(undo.before.members(of: tag.id))
        changed.formUnion(gained)
        for customer in changed {
          let membership = Membership(tag: tag.id, customer: customer)
          let had = undo.before.members(of: tag.id).contains(customer)
          if undo.touched[.membership(membership)] != nil {
            let isAsBefore = present.members(of: tag.id).contains(customer) == had
            #expect(left.contains(.membership(membership)) || isAsBefore)
          }
          guard !left.contains(.membership(membership)) else { continue }
          #expect(state.members(of: tag.id).contains(customer) == had)
        }
      }
      for event in decision.events where event.type == .tagApplied || event.type == .tagRemoved {
        guard event.data?["set"] == nil else { continue }
        let membership = Membership(tag: event.tag!, customer: event.customer!)
        #expect(undo.touched[.membership(membership)] == nil)
      }
      if decision.events.isEmpty { #expect(state == present) }
    }
  }
}

extension UndoLawTests {
  @Test(arguments: UInt64(0)..<200)
  func `of a job all commands are set back at once, and nothing that others did between them`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var commands = RandomCommands(seed: seed)
    var ledger = Shop()
    var parts: [ClosedRange<Int64>] = []
    for _ in 1...80 {
      let first = ledger.state.position + 1
      guard let decision = try? ledger.take(commands.next(for: ledger.state)),
        !decision.events.isEmpty, chance.happens(1, of: 3),
        decision.events.allSatisfy({ Self.ofJobs.contains($0.type) })
      else { continue }
      if let last = parts.last, last.upperBound + 1 == first {
        parts[parts.count - 1] = last.lowerBound...ledger.state.position
      } else {
        parts.append(first...ledger.state.position)
      }
    }
    guard parts.count > 1 else { return }
    let undo = try ledger.undo(of: parts)
    let present = ledger.state
    let decision = try ledger.take(.undo(undo))
    let state = ledger.state
    #expect(state.faults == [])
    #expect(try ledger.replayed() == state)
    let left = Set(decision.left.map(\.subject))
    for tag in state.tags.map(\.id) {
      let before = undo.before.members(of: tag)
      for number in 1..<(state.lastCustomer + 1) {
        let customer = CustomerID(number)
        let pair = Membership(tag: tag, customer: customer)
        let membership = LeftAlone.Subject.membership(pair)
        let has = state.members(of: tag).contains(customer)
        if undo.isOwn(membership), !left.contains(membership) {
          #expect(has == before.contains(customer), "\(membership)")
        }
        if undo.isOwn(membership), undo.touched[.membership(pair)] != nil {
          #expect(left.contains(membership), "\(membership)")
        }
        if !undo.isOwn(membership) {
          #expect(has == present.members(of: tag).contains(customer), "\(membership)")
        }
      }
      if !undo.isOwn(.tag(tag)) {
        #expect(state.tag(tag)?.revision == present.tag(tag)?.revision, "\(tag)")
      }
    }
    #expect(left.allSatisfy(undo.isOwn))
  }

  /// What the commands of jobs record.
  private static let ofJobs: Set<EventType> = [
    .tagCreated, .tagApplied, .tagRemoved, .tagDetailed, .customerRegistered, .customerRevised,
  ]
}

extension Shop {
  /// Undoes the command whose events follow `seq` up to the end.
  fileprivate mutating func takeUndo(after seq: Int64) throws -> Decision {
    try take(.undo(undo(of: (seq + 1)...state.position)))
  }
}

extension State {
  /// What an operator sees of what there is in `other`, without revisions and times.
  fileprivate func sight(of other: State) -> [String] {
    var lines: [String] = []
    for tag in tags where tag.isListed {
      let aliases = tag.aliases.map(\.text).sorted()
      lines.append(
        "\(tag.id) \(tag.name.text) \(tag.color.hex) \(tag.criterion ?? "") \(tag.followUp ?? "") "
          + "\(tag.set ?? "") \(tag.ends ?? "") \(tag.status) \(aliases)")
      for customer in members(of: tag.id) where customer.rawValue <= other.lastCustomer {
        let details = details(of: Membership(tag: tag.id, customer: customer)) ?? [:]
        lines.append("\(tag.id) \(customer) \(details.sorted { $0.key < $1.key })")
      }
    }
    for segment in segments.listed {
      let terms = segment.terms
      lines.append(
        "\(segment.id) \(terms.name) \(terms.purpose ?? "") \(terms.filter) "
          + "\(terms.routine?.json.canonical ?? "")")
      // A list that has fallen due stays; only what was done about its customers is set back.
      guard let list = segment.list, other.segments[segment.id]?.list?.day == list.day else {
        continue
      }
      lines.append("\(list.day) " + list.customers.map { "\($0) \(list[$0].state)" }.joined())
    }
    for number in 1..<(other.lastCustomer + 1) {
      let id = CustomerID(number)
      lines.append("\(id) \(merged(id).map { "\($0)" } ?? "-") \(channel(of: id) ?? "")")
      // Who was merged away may have lost a key to the customer they are now.
      guard merged(id) == nil else { continue }
      lines.append("\(id) \(customers[id.index].phone) \(customers[id.index].ref)")
    }
    return lines
  }
}
