extension State {
  /// Makes a notice of an event that has just been applied, where it concerns anybody.
  mutating func notice(
    _ type: EventType, tag: TagID?, customer: CustomerID?, data: JSON?, at time: Timestamp
  ) {
    let recipients: [OperatorID]
    switch type {
    case .tagRevised where data?["criterion"] != nil || data?["set"] != nil,
      .tagArchived, .tagDeleted:
      recipients = appliers(of: [tag!], at: time)
    case .tagMerged:
      recipients = appliers(of: [tag!, TagID(Int32(data!["into"]!.int!))], at: time)
    case .roleRevised, .roleRemoved, .roleGranted, .grantRevoked:
      recipients = concerned(by: TeamChange(type, data)!, at: time)
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved:
      recipients = concerned(byRuleOf: tag, data, at: time)
    case .segmentRevised, .segmentRemoved, .rfmConfigured:
      recipients = concerned(by: SegmentChange(type, customer: customer, data)!, at: time)
    default:
      return
    }
    if !recipients.isEmpty { notices.add(Notice(seq: position, recipients: recipients)) }
  }

  /// Who may apply at least one of these tags.
  func appliers(of tags: [TagID], at time: Timestamp) -> [OperatorID] {
    let categories = tags.compactMap { tag($0)?.name.categoryKey as NameKey?? }
    return team.operators.map(\.id).filter { id in
      let powers = team.powers(of: id, at: time)
      return categories.contains { powers.cover(.tagsApply, category: $0) }
    }
  }

  private func concerned(by change: TeamChange, at time: Timestamp) -> [OperatorID] {
    switch change {
    case .roleRevised(let role, _, _), .roleRemoved(let role, _):
      let holders = team.grants.filter { $0.role == role && $0.holds(at: time) }.map(\.holder)
      return Set(holders).sorted().filter { team[$0]?.isArchived == false }
    case .roleGranted(_, let draft): return [draft.holder]
    case .grantRevoked(_, let holder, _): return [holder]
    default: return []
    }
  }

  /// Notes that an operator has read notices that concern them.
  ///
  /// - Throws: `noticeNotFound` for what is no notice, or does not concern them.
  func acknowledge(_ seqs: [Int64], by id: OperatorID) throws(Problem) -> Decision {
    var fresh: [Int64] = []
    for seq in Set(seqs).sorted() {
      guard let notice = notices[seq], notice.recipients.contains(id) else {
        throw .noticeNotFound(seq)
      }
      if !notice.isRead(by: id) { fresh.append(seq) }
    }
    var decision = Decision(events: [], unchanged: Set(seqs).count - fresh.count)
    // Many at once are told in several events, since an event has a limit in bytes.
    for start in stride(from: 0, to: fresh.count, by: Self.noticesPerEvent) {
      let part = fresh[start..<min(start + Self.noticesPerEvent, fresh.count)]
      decision.events.append(
        Event(
          .noticeAcknowledged,
          data: ["notices": .array(part.map(JSON.int)), "operator": id.json]))
    }
    return decision
  }

  private static let noticesPerEvent = 1000
}

extension State {
  /// Who works with the tags of a rule, and who writes rules.
  func concerned(byRuleOf tag: TagID?, _ data: JSON?, at time: Timestamp) -> [OperatorID] {
    let target = data?.actingRule.flatMap { rules[$0] }?.otherwise.target
    let tags = [tag, target].compactMap { $0 }.map { (try? current($0).id) ?? $0 }
    let writers = team.operators.map(\.id).filter {
      team.powers(of: $0, at: time).everywhere.contains(.rulesWrite)
    }
    return Set(appliers(of: tags, at: time) + writers).sorted()
  }
}
