/// A command that somebody wants undone, with what is needed to find out what still can be; or the
/// commands of a job, which are undone as if they were one.
///
/// It is a comparison of three: what was before the command, what was after it, and what is now. Others
/// may have acted between the commands of a job: what they did counts as touched since.
package struct Undo: Sendable {
  /// Of a job, the first of its commands.
  package let command: CommandID
  /// The numbers of its events, in order: one range of a command, several where others acted between
  /// the commands of a job.
  package let parts: [ClosedRange<Int64>]
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
  /// Memberships of whose past it told, as an import of a history does.
  package private(set) var told: Set<Membership> = []
  /// What it has changed of the team, in order.
  package var team: [TeamChange] = []
  /// The rules that it created, changed, switched or removed.
  package var rules: Set<RuleID> = []
  /// What it has changed of segments, each once.
  package var segments: [SegmentSubject] = []
  /// What has been touched since.
  package var touched: Touched

  /// What its own events are about, where others acted between them; nil where all that differs
  /// between `before` and `after` is its own.
  private var own: Set<LeftAlone.Subject>?

  /// - Parameter parts: at least one. Where there are several, their events do no more than the
  ///   commands of jobs: they apply and remove tags and change their details, create tags, register
  ///   customers and revise them. They merge, rename and delete nothing.
  package init(
    command: CommandID, parts: [ClosedRange<Int64>], before: State, after: State
  ) {
    self.command = command
    self.parts = parts
    self.before = before
    self.after = after
    own = parts.count > 1 ? [] : nil
    touched = Touched(after: parts.last!.upperBound)
  }

  /// The number of the first of its events.
  package var first: Int64 { parts[0].lowerBound }

  /// How many events it has recorded.
  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// What others have recorded between its parts.
  package var gaps: [ClosedRange<Int64>] {
    zip(parts, parts.dropFirst()).compactMap {
      $0.upperBound + 1 < $1.lowerBound ? $0.upperBound + 1...$1.lowerBound - 1 : nil
    }
  }

  /// Whether what differs of a tag, a customer or a membership is its own doing.
  package func isOwn(_ subject: LeftAlone.Subject) -> Bool {
    own?.contains(subject) ?? true
  }

  /// Of the memberships that are its own doing those that others may have touched, where they acted
  /// between its parts.
  var ownTouched: [Membership] {
    guard let own else { return [] }
    var tags: Set<TagID> = []
    var customers: Set<CustomerID> = []
    for subject in touched.subjects {
      switch subject {
      case .tag(let tag, .existence), .tag(let tag, .sources): tags.insert(tag)
      case .membership(let membership): customers.insert(membership.customer)
      case .customer(let customer): customers.insert(customer)
      default: break
      }
    }
    tags.formIntersection(self.tags)
    guard !tags.isEmpty || !customers.isEmpty else { return [] }
    return own.compactMap { subject in
      guard case .membership(let membership) = subject,
        customers.contains(membership.customer) || tags.contains(membership.tag)
      else { return nil }
      return membership
    }
  }

  /// How many memberships it has changed, those counted too that others have changed since.
  package var changedMemberships: Int {
    tags.reduce(0) { count, tag in
      let (was, left) = (before.members(of: tag), after.members(of: tag))
      return count
        + [left.subtracting(was), was.subtracting(left)].joined().count {
          isOwn(.membership(Membership(tag: tag, customer: $0)))
        }
    }
  }

  /// Takes in what one of the command's own events concerns.
  ///
  /// - Parameter hasOccurred: whether it says when it happened.
  package mutating func add(
    _ type: EventType, tag: TagID?, customer: CustomerID?, hasOccurred: Bool, data: JSON?
  ) {
    if let tag { tags.insert(tag) }
    let isHistory = hasOccurred && data?.actingRule == nil || data?.reopensHistory == true
    if let tag, let customer, isHistory {
      told.insert(Membership(tag: tag, customer: customer))
    }
    if let subject = LeftAlone.Subject(tag: tag, customer: customer) { own?.insert(subject) }
    if let change = TeamChange(type, data) { team.append(change) }
    if let subject = SegmentChange(type, customer: customer, data)?.subject,
      !segments.contains(subject)
    {
      segments.append(subject)
    }
    switch type {
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved:
      if let rule = data?.actingRule { rules.insert(rule) }
    case .tagMerged, .tagUnmerged:
      if let other = data?.otherEnd { tags.insert(TagID(other)) }
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

extension LeftAlone.Subject {
  /// What an event of a job is about.
  fileprivate init?(tag: TagID?, customer: CustomerID?) {
    switch (tag, customer) {
    case (let tag?, let customer?): self = .membership(Membership(tag: tag, customer: customer))
    case (let tag?, nil): self = .tag(tag)
    case (nil, let customer?): self = .customer(customer)
    case (nil, nil): return nil
    }
  }
}
