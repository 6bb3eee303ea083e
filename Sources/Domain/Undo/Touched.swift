/// What has been touched since a command, and by whom last.
///
/// What was changed and changed back is touched too: somebody has decided that it be so.
package struct Touched: Sendable {
  /// The `seq` up to which it tells.
  package private(set) var through: Int64
  private var touches: [Subject: Touch] = [:]

  package struct Touch: Hashable, Sendable {
    package let seq: Int64
    package let actor: String

    package init(seq: Int64, actor: String) {
      self.seq = seq
      self.actor = actor
    }
  }

  package enum Subject: Hashable, Sendable {
    case membership(Membership)
    case tag(TagID, Aspect)
    case channel(CustomerID)
    case personal(CustomerID, PersonalField)
    /// Whether the customer is one of their own, or has been merged into another.
    case customer(CustomerID)
    case team(TeamSubject)
    case rule(RuleID)
    case segments(SegmentSubject)
  }

  package enum Aspect: Hashable, Sendable, CaseIterable {
    case name
    case color
    case criterion
    case followUp
    case set
    case ends
    case archived
    /// Whether it is there, deleted or merged into another.
    case existence
    /// What has been merged into it.
    case sources
  }

  package init(after seq: Int64) {
    through = seq
  }

  var subjects: some Sequence<Subject> { touches.keys }

  package subscript(_ subject: Subject) -> Touch? { touches[subject] }

  /// Takes in the next event.
  ///
  /// - Parameter personal: the personal fields that it sets; where nil, the digests tell.
  package mutating func note(
    _ touch: Touch, _ type: EventType, tag: TagID?, customer: CustomerID?, data: JSON?,
    personal: PersonalFields? = nil
  ) {
    through = max(through, touch.seq)
    for subject in Self.subjects(type, tag, customer, data, personal) { touches[subject] = touch }
  }

  /// Passes over events that are of no concern.
  package mutating func pass(_ seq: Int64) {
    through = max(through, seq)
  }

  private static func subjects(
    _ type: EventType, _ tag: TagID?, _ customer: CustomerID?, _ data: JSON?,
    _ personal: PersonalFields?
  ) -> [Subject] {
    switch type {
    case .tagApplied, .tagRemoved, .tagDetailed, .historyReopened:
      guard let tag, let customer else { return [] }
      return [.membership(Membership(tag: tag, customer: customer))]
    case .tagCreated, .tagDeleted: return tag.map { [.tag($0, .existence)] } ?? []
    case .tagRenamed: return tag.map { [.tag($0, .name)] } ?? []
    case .tagRecolored: return tag.map { [.tag($0, .color)] } ?? []
    case .tagArchived: return tag.map { [.tag($0, .archived)] } ?? []
    case .tagRestored:
      guard let tag else { return [] }
      return data?["name"] == nil
        ? [.tag(tag, .archived)] : [.tag(tag, .archived), .tag(tag, .existence)]
    case .tagRevised:
      guard let tag else { return [] }
      let aspects: [String: Aspect] = [
        "criterion": .criterion, "follow_up": .followUp, "set": .set, "ends": .ends,
      ]
      return (data?.object ?? [:]).keys.compactMap { aspects[$0] }.map { .tag(tag, $0) }
    case .tagMerged, .tagUnmerged:
      guard let tag else { return [] }
      let target = data?.otherEnd.map { [Subject.tag(TagID($0), .sources)] } ?? []
      return [.tag(tag, .existence)] + target
    case .customerRevised:
      guard let customer else { return [] }
      let fields =
        personal.map { Array($0.keys) }
        ?? (data?["sealed"]?.object ?? [:]).keys.compactMap(PersonalField.init)
      return (data?["channel"] == nil ? [] : [.channel(customer)])
        + fields.map { .personal(customer, $0) }
    case .customerMerged, .customerUnmerged:
      return customer.map { [.customer($0)] } ?? []
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved:
      return RuleID(json: data?["rule"]).map { [.rule($0)] } ?? []
    default:
      if let subject = SegmentChange(type, customer: customer, data)?.subject {
        return [.segments(subject)]
      }
      return TeamChange(type, data)?.subject.map { [.team($0)] } ?? []
    }
  }
}
