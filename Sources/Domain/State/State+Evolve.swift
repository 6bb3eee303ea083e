import HashTreeCollections

extension State {
  /// Applies an event about to be recorded at `at`; never refuses.
  package mutating func evolve(_ event: Event, at: Timestamp) {
    if case .fact(let told)? = event.content {
      return evolve(told.fact, of: event.customer, at: event.occurred ?? at)
    }
    evolve(
      event.type, tag: event.tag, customer: event.customer, at: at, occurred: event.occurred,
      data: event.data, lookups: event.lookups)
  }

  /// Applies the events of one command, about to be recorded a microsecond apart from `at` on; returns the
  /// time of the last.
  ///
  /// Of a large command the facts are put in place together, those of each chunk of customers by one
  /// thread: to write to a block that a snapshot shares is to copy it, which takes longer than all else.
  @discardableResult
  package mutating func evolve(
    _ events: [Event], from at: Timestamp, spread: Spread = inOrder,
    from least: Int = GatheredTurns.worthSpreading
  ) -> Timestamp {
    let gathers = events.count >= least
    var facts = ReadFacts()
    var time = at
    for (index, event) in events.enumerated() {
      time = Timestamp(microseconds: at.rawValue + Int64(index))
      if gathers, facts.add(event, at: time, index: index) {
        position += 1
        continue
      }
      if event.type.waitsForGathered { take(&facts, before: index, spread: spread, from: least) }
      evolve(event, at: time)
    }
    take(&facts, before: events.count, spread: spread, from: least)
    return time
  }

  /// Applies one event of the log; never refuses, because the event has happened.
  ///
  /// - Parameter lookups: nil where the sealed fields were not opened; the keys are then adopted
  ///   from the directory with `adopt`.
  package mutating func evolve(
    _ type: EventType, tag: TagID?, customer: CustomerID?, at: Timestamp, occurred: Timestamp?,
    data: JSON?, lookups: LookupChanges?
  ) {
    position += 1
    switch type {
    case .tagApplied:
      let occasion = Self.occasion(at: at, occurred: occurred, data: data)
      let details = data?["details"].flatMap(Details.init)
      let isNew = memberships[tag!.index].insert(customer!, details: details, on: occasion)
      if isNew { membershipCount += 1 }
      noteHand(tag!, customer!, isApplied: true, data)
    case .tagRemoved:
      let occasion = Self.occasion(at: at, occurred: occurred, data: data)
      if memberships[tag!.index].remove(customer!, on: occasion) { membershipCount -= 1 }
      noteHand(tag!, customer!, isApplied: false, data)
    case .tagDetailed:
      let details = data?["details"]?["to"].flatMap(Details.init)
      memberships[tag!.index].setDetails(of: customer!, details)
    case .historyReopened:
      memberships[tag!.index].reopen(
        customer!, to: data?["settled"].flatMap(HistoryMark.init(json:)))
    case .tagCreated, .tagRenamed, .tagRecolored, .tagRevised, .tagMerged, .tagUnmerged,
      .tagArchived, .tagRestored, .tagDeleted:
      evolveTag(type, tag!, data: data)
    case .customerRegistered:
      register(customer!, channel: data?["channel"]?.string)
      setLookups(of: customer!, lookups)
    case .customerRevised:
      customers[customer!.index].revision += 1
      if let channel = data?["channel"] {
        customers[customer!.index].channel = channels.index(of: channel["to"]?.string)
      }
      setLookups(of: customer!, lookups)
    case .customerMerged:
      customerMerged(customer!, into: CustomerID(Int32(data!["into"]!.int!)), at: at)
    case .customerErased:
      customerErased(customer!)
    case .teamFounded, .operatorRegistered, .operatorRevised, .operatorArchived,
      .operatorRestored, .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked,
      .tokenUsed, .roleDefined, .roleRevised, .roleRemoved, .roleGranted, .grantRevoked:
      team.evolve(TeamChange(type, data)!, at: at, seq: position)
    case .noticeAcknowledged:
      notices.read(
        data!["notices"]!.array!.compactMap(\.int), by: OperatorID(json: data!["operator"])!, at: at
      )
    // Of the log, not of what it adds up to.
    case .commandRefused, .ledgerContinued: break
    case .tagUsed: evolveUses(data!, at: at)
    case .webhookCreated, .webhookRevised, .webhookRemoved:
      evolveWebhook(type, data!)
    case .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .accountRevised, .mappingSaved, .mappingRemoved:
      evolveFact(type, customer, at: occurred ?? at, data: data)
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workDue, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      evolve(SegmentChange(type, customer: customer, data)!, at: at)
      if type == .rfmConfigured { retargetRules() }
    case .customerUnmerged:
      customerUnmerged(customer!, from: CustomerID(Int32(data!["from"]!.int!)))
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      evolveRule(type, data)
    }
    notice(type, tag: tag, customer: customer, data: data, at: at)
  }

  /// A tag that leaves because another of its set came leaves before any row of that same moment.
  private static func occasion(at: Timestamp, occurred: Timestamp?, data: JSON?) -> Occasion {
    if let settled = data?["settled"] { return .undo(at, HistoryMark(json: settled)) }
    guard let occurred, data?["rule"] == nil else { return .hand(at) }
    let ordinal = data?["set"] != nil ? 0 : Int(data?["source"]?["ordinal"]?.int ?? 1)
    return .history(HistoryMark(occurred: occurred, ordinal: ordinal))
  }

  // MARK: Tags

  private mutating func evolveTag(_ type: EventType, _ id: TagID, data: JSON?) {
    if type == .tagCreated {
      create(id, data!)
      return
    }
    let index = id.index
    tags[index].revision += 1
    tags[index].changed = position
    switch type {
    case .tagRenamed:
      rename(id, TagName(recorded: data!["to"]!.string!), keepsAlias: data!["alias"] != nil)
    case .tagRecolored:
      tags[index].color = TagColor(json: data!["to"]!)!
    case .tagRevised:
      if let change = data!["criterion"] { tags[index].criterion = change["to"]?.string }
      if let change = data!["follow_up"] { tags[index].followUp = change["to"]?.string }
      if let change = data!["set"] { tags[index].set = change["to"]?.string }
      if let change = data!["ends"] { tags[index].ends = change["to"]?.string }
    case .tagArchived:
      tags[index].status = .archived
    case .tagRestored:
      tags[index].status = .active
      relist(id, data)
    case .tagUnmerged:
      tags[index].status = .active
      relist(id, data)
    case .tagDeleted:
      tags[index].status = .deleted
      releaseNames(of: id)
      membershipCount -= memberships[index].customers.count
      memberships[index] = TagMembers()
    case .tagMerged:
      merge(id, into: TagID(Int32(data!["into"]!.int!)), name: data!["name"]!.string!)
    default:
      break
    }
    if type != .tagRecolored { retargetRules() }
  }

  private mutating func create(_ id: TagID, _ data: JSON) {
    let name = TagName(recorded: data["name"]!.string!)
    tags.append(
      CustomerTag(
        id: id, name: name, color: TagColor(json: data["color"]!)!,
        criterion: data["criterion"]?.string, followUp: data["follow_up"]?.string,
        set: data["set"]?.string, setKey: data["set"]?.string.map(NameKey.init),
        ends: data["ends"]?.string, created: position, changed: position,
        names: [.init(since: position, text: name.text)]))
    memberships.append(TagMembers())
    names[name.key] = id
  }

  /// A tag that takes back its own alias has it as its name only.
  private mutating func rename(_ id: TagID, _ name: TagName, keepsAlias: Bool) {
    let old = tags[id.index].name
    release(old, of: id)
    names[name.key] = id
    tags[id.index].aliases.removeAll { $0.key == name.key }
    tags[id.index].name = name
    tags[id.index].names.append(.init(since: position, text: name.text))
    if keepsAlias && old.key != name.key {
      tags[id.index].aliases.append(old)
      names[old.key] = id
    }
  }

  /// A tag that comes back has its names again, also where another has them as aliases.
  private mutating func relist(_ id: TagID, _ data: JSON?) {
    guard let name = data?["name"]?.string else { return }
    let aliases = (data?["aliases"]?.array ?? []).compactMap(\.string)
      .map { TagName(recorded: $0) }
    for name in [TagName(recorded: name)] + aliases {
      if let holder = names[name.key], holder != id {
        tags[holder.index].aliases.removeAll { $0.key == name.key }
      }
      names[name.key] = id
    }
    tags[id.index].aliases = aliases
    guard let target = data?["from"]?.int.flatMap(Int32.init(exactly:)) else { return }
    tags[TagID(target).index].revision += 1
    tags[TagID(target).index].changed = position
  }

  private mutating func release(_ name: TagName, of id: TagID) {
    names[name.key] = nil
    formerNames[name.key] = id
  }

  private mutating func releaseNames(of id: TagID) {
    release(tags[id.index].name, of: id)
    for alias in tags[id.index].aliases { release(alias, of: id) }
    tags[id.index].aliases = []
  }

  private mutating func merge(_ source: TagID, into target: TagID, name: String) {
    var aliases = tags[source.index].aliases
    if name == MergedName.alias.rawValue { aliases.insert(tags[source.index].name, at: 0) }
    releaseNames(of: source)
    for alias in aliases { names[alias.key] = target }
    tags[source.index].status = .merged(into: target)
    tags[target.index].aliases += aliases
    tags[target.index].revision += 1
    tags[target.index].changed = position

    let from = memberships[source.index]
    memberships[source.index] = TagMembers()
    membershipCount -= from.customers.count + memberships[target.index].customers.count
    memberships[target.index].absorb(from)
    membershipCount += memberships[target.index].customers.count
  }

  // MARK: Customers

  mutating func register(_ customer: CustomerID, channel: String?) {
    customers.append(CustomerRecord(channel: channels.index(of: channel)))
    customerCount += 1
    live.insert(customer)
  }

  /// A key belongs to one customer: who takes it from one merged away leaves that one without.
  private mutating func setLookups(of customer: CustomerID, _ changes: LookupChanges?) {
    guard let changes else { return }
    set(changes.phone, of: customer, in: \.phones, column: \.phone)
    set(changes.ref, of: customer, in: \.refs, column: \.ref)
  }

  private mutating func set(
    _ change: LookupChanges.Change, of customer: CustomerID,
    in map: WritableKeyPath<State, TreeDictionary<LookupKey, CustomerID>>,
    column: WritableKeyPath<CustomerRecord, UInt64>
  ) {
    guard change != .kept else { return }
    let old = customers[customer.index][keyPath: column]
    if old != 0 { self[keyPath: map][LookupKey(rawValue: old)] = nil }
    customers[customer.index][keyPath: column] = 0
    guard case .set(let key) = change else { return }
    if let other = self[keyPath: map][key] { customers[other.index][keyPath: column] = 0 }
    customers[customer.index][keyPath: column] = key.rawValue
    self[keyPath: map][key] = customer
  }

  /// The tags that move have events of their own; those the source had end with it.
  private mutating func customerMerged(
    _ source: CustomerID, into target: CustomerID, at: Timestamp
  ) {
    customers[source.index].mergedInto = target.rawValue
    customers[source.index].revision += 1
    customers[target.index].revision += 1
    customerCount -= 1
    live.remove(source)
    rules.merge(source, into: target)
    for index in memberships.indices {
      if memberships[index].merge(source, into: target, at: at) { membershipCount -= 1 }
    }
    facts.merge(source, into: target)
  }

  /// The tags that go back have events of their own.
  private mutating func customerUnmerged(_ source: CustomerID, from target: CustomerID) {
    customers[source.index].mergedInto = 0
    customers[source.index].revision += 1
    customers[target.index].revision += 1
    if !erased.contains(source) {
      customerCount += 1
      live.insert(source)
    }
    let known = self
    facts.part(source, from: target) { (try? known.current($0)) ?? $0 }
  }
}

extension State {
  /// What they are found by goes; which tags they have had stays, without a person behind it.
  private mutating func customerErased(_ customer: CustomerID) {
    guard erased.insert(customer) else { return }
    customers[customer.index].revision += 1
    if live.remove(customer) { customerCount -= 1 }
    setLookups(of: customer, LookupChanges(phone: .cleared, ref: .cleared))
  }
}

extension TagID {
  var index: Int { Int(rawValue) - 1 }
}

extension CustomerID {
  var index: Int { Int(rawValue) - 1 }
}

extension Details {
  /// Details as they stand in an event: an object of texts.
  init?(_ json: JSON) {
    guard case .object(let members) = json else { return nil }
    self = members.compactMapValues(\.string)
  }

  var json: JSON { .object(mapValues(JSON.string)) }
}
