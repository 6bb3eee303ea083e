import APITypes
import Domain
import Ledger

/// Makes entries of the change log of events: names for numbers, before and after, a sentence.
struct ChangeTeller: Sendable {
  let ledger: Ledger
  let logins: LoginNames
  /// For whom it tells.
  let caller: Caller
  /// Whether they may know who a customer is; else they get numbers.
  let seesCustomers: Bool
  let language: Language
  /// The moment whose names it tells; nil for those of now.
  var past: Instant?

  func changes(_ events: [RecordedEvent]) async throws -> [Change] {
    let state = ledger.state
    var ids: Set<CustomerID> = []
    var parsed: [JSON] = []
    for event in events {
      let data = try event.parsedData()
      parsed.append(data)
      if let customer = event.customer { ids.insert(customer) }
      let isPair = event.type == .customerMerged || event.type == .customerUnmerged
      if isPair, let other = data.otherEnd { ids.insert(CustomerID(other)) }
    }
    let names: [CustomerID: String]
    if !seesCustomers {
      names = [:]
    } else if let past {
      names = try ledger.names(of: ids.sorted(), through: past.seq, by: caller)
    } else {
      names = try await ledger.names(of: ids.sorted(), by: caller)
    }
    var changes: [Change] = []
    changes.reserveCapacity(events.count)
    for (event, data) in zip(events, parsed) {
      changes.append(try await change(event, data, state, names))
    }
    return changes
  }

  private func change(
    _ event: RecordedEvent, _ data: JSON, _ state: State, _ names: [CustomerID: String]
  ) async throws -> Change {
    let tag = event.tag.map { id in
      Reference(id: id.rawValue, name: state.tag(id)?.name(at: event.seq))
    }
    let customer = event.customer.map { id in
      Reference(id: id.rawValue, name: names[id])
    }
    var (before, after) = Self.fields(event.type, data)
    if data["sealed"] != nil, seesCustomers {
      let personal = try await personal(event)
      before.merge(personal.before) { $1 }
      after.merge(personal.after) { $1 }
    }
    return Change(
      seq: event.seq, at: event.at.text, occurred: event.occurred?.text,
      actor: event.actor.name, via: event.actor.via.name, type: event.type.name, tag: tag,
      customer: customer, before: before.isEmpty ? nil : before.mapValues(JSONValue.init),
      after: after.isEmpty ? nil : after.mapValues(JSONValue.init), reason: event.reason,
      command: event.command.description, cause: event.cause,
      sentence: telling(event, data, tag, customer, state, names).sentence(in: language))
  }

  // MARK: Before and after

  /// The fields that an event says it has changed, without personal ones.
  static func fields(
    _ type: EventType, _ data: JSON
  ) -> (before: [String: JSON], after: [String: JSON]) {
    guard case .object(var members) = data else { return ([:], [:]) }
    // Which command an event undoes stands in its cause, and is no field of what it changes.
    members["undo"] = nil
    // Nor is how far an import may tell the past again.
    members["settled"] = nil
    var before: [String: JSON] = [:]
    var after: [String: JSON] = [:]
    func changed(_ field: String, _ change: JSON?) {
      if let from = change?["from"], !from.isNull { before[field] = from }
      if let to = change?["to"], !to.isNull { after[field] = to }
    }
    switch type {
    case .tagCreated, .tagApplied: after = members
    case .tagRenamed: changed("name", data)
    case .tagRecolored: changed("color", data)
    case .tagRevised, .tagDetailed:
      for (field, change) in members { changed(field, change) }
    case .tagDeleted: before = members
    case .tagMerged, .customerMerged, .tagRemoved, .ledgerContinued: after = members
    case .customerErased: before = members
    case .tagUnmerged, .customerUnmerged: before = members.filter { $0.key == "from" }
    case .tagArchived, .tagRestored, .historyReopened: break
    case .customerRegistered: after = members.filter { $0.key != "sealed" }
    case .customerRevised: changed("channel", members["channel"])
    case .webhookCreated: after = members
    case .accountRevised:
      for (field, change) in members { changed(field, change) }
    case .mappingRemoved: before = members
    case .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .mappingSaved, .tagUsed:
      after = members
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workDue, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      return fieldsOfSegments(type, members)
    case .webhookRemoved: before = members
    case .webhookRevised:
      for (field, change) in members where field != "webhook" { changed(field, change) }
    case .operatorRevised, .roleRevised:
      for (field, change) in members where change["to"] != nil { changed(field, change) }
      after.merge(members.filter { $0.value["to"] == nil }) { $1 }
    case .ruleRevised:
      for (field, change) in members where field != "rule" { changed(field, change) }
    case .ruleRemoved: before = members
    case .ruleCreated, .ruleEnabled, .ruleDisabled: after = members
    case .ruleResumed: break
    case .identityRemoved, .roleRemoved, .grantRevoked: before = members
    case .teamFounded, .operatorRegistered, .operatorArchived, .operatorRestored, .identityAdded,
      .tokenIssued, .tokenRevoked, .tokenUsed, .roleDefined, .roleGranted, .commandRefused,
      .noticeAcknowledged:
      after = members
    }
    return (before, after)
  }

  /// Personal fields are told from where they are sealed; erased ones are not told at all.
  private func personal(
    _ event: RecordedEvent
  ) async throws -> (before: [String: JSON], after: [String: JSON]) {
    let set = try ledger.personal(seq: event.seq, by: caller)
    var after: [String: JSON] = [:]
    for (field, value) in set where !value.isEmpty { after[field.rawValue] = .string(value) }
    guard event.type == .customerRevised, let customer = event.customer else { return ([:], after) }
    var missing = try Self.sealedFields(event)
    var before: [String: JSON] = [:]
    var filter = ChangeFilter()
    filter.customer = customer
    filter.types = [.customerRegistered, .customerRevised]
    filter.cursor = event.seq
    // Who has been revised more often than this is shown without what was before.
    filter.limit = 100
    for earlier in try await ledger.changes(filter, by: caller).events where !missing.isEmpty {
      guard earlier.customer == customer else { continue }
      let known = try ledger.personal(seq: earlier.seq, by: caller)
      for field in try Self.sealedFields(earlier) where missing.remove(field) != nil {
        if let value = known[field], !value.isEmpty { before[field.rawValue] = .string(value) }
      }
    }
    return (before, after)
  }

  private static func sealedFields(_ event: RecordedEvent) throws -> Set<PersonalField> {
    guard case .object(let sealed)? = try event.parsedData()["sealed"] else { return [] }
    return Set(sealed.keys.compactMap(PersonalField.init))
  }

  // MARK: Words

  private func name(of actor: Actor, _ state: State) -> String {
    guard let rule = actor.rule else { return logins.name(of: actor, in: state.team, language) }
    return language.rule(rule, version: actor.credential, in: state)
  }

  /// The names that tags had when their use was told, the first of them.
  private static func used(_ data: JSON, at seq: Int64, _ state: State) -> String {
    let most = 10
    let tags = (data["tags"]?.array ?? []).compactMap {
      $0["tag"]?.int.flatMap(Int32.init(exactly:))
    }
    let names = tags.prefix(most).map { state.tag(TagID($0))?.name(at: seq) ?? "\($0)" }
    return (names + (tags.count > most ? ["…"] : [])).joined(separator: ", ")
  }

  private func telling(
    _ event: RecordedEvent, _ data: JSON, _ tag: Reference?, _ customer: Reference?,
    _ state: State, _ names: [CustomerID: String]
  ) -> Telling {
    var other = ""
    if let into = data.otherEnd {
      other =
        event.type == .tagMerged || event.type == .tagUnmerged
        ? state.tag(TagID(into))?.name(at: event.seq) ?? "\(into)"
        : language.customer(
          into, names[CustomerID(into)], isErased: state.isErased(CustomerID(into)))
    }
    if event.type == .tagUsed { other = Self.used(data, at: event.seq, state) }
    if event.type == .teamFounded { other = data["founder"]?["name"]?.string ?? "" }
    if let id = data["operator"]?.int.flatMap(Int32.init(exactly:)) {
      other = state.team[OperatorID(id)]?.name ?? "\(id)"
    }
    if event.type.isOfRule, let id = data.actingRule {
      other = data["name"]?.string ?? state.rules[id]?.name ?? "\(id.rawValue)"
    }
    let role = data["role"]?.int.flatMap(Int32.init(exactly:)).map { id in
      data["name"]?.string ?? state.team[RoleID(id)]?.name ?? "\(id)"
    }
    let file = data["source"]?["import"]?.string
    let person = data["source"]?["operator"]?.string
    return Telling(
      type: event.type,
      actor: person ?? name(of: event.actor, state),
      tag: tag.map { $0.name ?? "\($0.id)" } ?? "",
      customer: customer.map {
        // The erasure itself says so already.
        let isErased = event.type != .customerErased && state.isErased(CustomerID($0.id))
        return language.customer($0.id, $0.name, isErased: isErased)
      } ?? "", data: data,
      other: other, role: role ?? "", segment: Self.segment(data, state), file: file)
  }
}
