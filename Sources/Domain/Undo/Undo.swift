/// A command that somebody wants undone, with what is needed to find out what still can be.
///
/// It is a comparison of three: what was before the command, what was after it, and what is now.
package struct Undo: Sendable {
  package let command: CommandID
  /// The numbers of its events.
  package let seqs: ClosedRange<Int64>
  /// The state before the first of its events.
  package let before: State
  /// The state after the last of its events.
  package let after: State
  /// The tags that its events concern, those merged into included.
  package var tags: Set<TagID> = []
  /// The customers that it registered, revised or merged.
  package var customers: Set<CustomerID> = []
  /// Personal fields that it has changed, with what they were before; an empty text for nothing.
  package var personal: [CustomerID: CustomerDraft] = [:]
  /// What it has changed of the team, in order.
  package var team: [TeamChange] = []
  /// The rules that it created, changed, switched or removed.
  package var rules: Set<RuleID> = []
  /// What it has changed of segments, each once.
  package var segments: [SegmentSubject] = []
  /// What has been touched since.
  package var touched: Touched

  package init(command: CommandID, seqs: ClosedRange<Int64>, before: State, after: State) {
    self.command = command
    self.seqs = seqs
    self.before = before
    self.after = after
    touched = Touched(after: seqs.upperBound)
  }

  /// Takes in what one of the command's own events concerns.
  package mutating func add(
    _ type: EventType, tag: TagID?, customer: CustomerID?, data: JSON?
  ) {
    if let tag { tags.insert(tag) }
    if let change = TeamChange(type, data) { team.append(change) }
    if let subject = SegmentChange(type, customer: customer, data)?.subject,
      !segments.contains(subject)
    {
      segments.append(subject)
    }
    let other = (data?["into"] ?? data?["from"])?.int.flatMap(Int32.init(exactly:))
    switch type {
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved:
      if let rule = data?.actingRule { rules.insert(rule) }
    case .tagMerged, .tagUnmerged:
      if let other { tags.insert(TagID(other)) }
    case .customerRegistered, .customerRevised:
      if let customer { customers.insert(customer) }
    case .customerMerged, .customerUnmerged:
      guard let customer else { return }
      customers.insert(customer)
      // The tags that end with it have no events of their own.
      tags.formUnion(before.tags(of: customer) + after.tags(of: customer))
    default:
      return
    }
  }
}

/// Something that an undo does not set back.
package struct LeftAlone: Hashable, Sendable {
  package let subject: Subject
  package let why: Why

  package enum Subject: Hashable, Sendable {
    case tag(TagID)
    case customer(CustomerID)
    case membership(Membership)
    case team(TeamSubject)
    case rule(RuleID)
    case segments(SegmentSubject)
  }

  package enum Why: Hashable, Sendable {
    /// Somebody has changed it since: nil where no single event says who.
    case changed(Touched.Touch?)
    /// The name it would have again is that of another tag now.
    case nameTaken(by: TagID)
    /// The phone or the reference is that of another customer now.
    case keyTaken(by: CustomerID)
    /// The customer has another tag of the same set now.
    case setHeld(TagID)
    /// So many customers have the tag, and not by that command.
    case tagInUse(customers: Int)
    /// The tag is not offered any more.
    case tagArchived
    /// A customer who has been registered stays; erasing is another thing.
    case registered
    /// The customer has been erased.
    case erased
    /// A rule that has been removed stays away; a new one says what is wanted now, and why.
    case ruleRemoved
  }
}
