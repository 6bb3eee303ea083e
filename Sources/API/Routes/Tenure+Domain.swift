import APITypes
import Domain

extension APITypes.Tenure: Writable {
  func write(to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    object.reference("tag", tag, &bytes)
    object.reference("customer", customer, &bytes)
    object.text("since", since, &bytes)
    object.integer("since_seq", sinceSeq, &bytes)
    object.text("until", until, &bytes)
    object.integer("until_seq", untilSeq, &bytes)
    object.text("by", by, &bytes)
    object.text("ended_by", endedBy, &bytes)
    object.name("why", &bytes)
    var reason = JSONObject(&bytes)
    reason.text("kind", why.kind.rawValue, &bytes)
    reason.text("file", why.file, &bytes)
    reason.text("operator", why.operator, &bytes)
    reason.text("reason", why.reason, &bytes)
    if let rule = why.rule { reason.integer("rule", Int64(rule), &bytes) }
    if let version = why.version { reason.integer("version", version, &bytes) }
    reason.end(&bytes)
    object.values("details", details?.mapValues { .string($0) }, &bytes)
    object.end(&bytes)
  }
}

extension APITypes.Tenure {
  init(_ tenure: Domain.Tenure, tag: Reference, customer: Reference) {
    self.init(
      tag: tag, customer: customer,
      since: (tenure.since.occurred ?? tenure.since.at).text, sinceSeq: tenure.since.seq,
      until: tenure.until.map { ($0.occurred ?? $0.at).text }, untilSeq: tenure.until?.seq,
      by: tenure.since.actor.name, endedBy: tenure.until?.actor.name, why: Why(tenure.since),
      details: tenure.details)
  }
}

extension Why {
  init(_ turn: Domain.Tenure.Turn) {
    switch turn.why {
    case .imported(let file, let person):
      self.init(kind: .import, file: file, operator: person, reason: turn.reason)
    case .merge: self.init(kind: .tagMerge, reason: turn.reason)
    case .undo: self.init(kind: .undo, reason: turn.reason)
    case .customerMerge: self.init(kind: .customerMerge, reason: turn.reason)
    case .set: self.init(kind: .set, reason: turn.reason)
    case .deletion: self.init(kind: .deletion, reason: turn.reason)
    case .rule(let id, let version):
      self.init(kind: .rule, reason: turn.reason)
      rule = id.rawValue
      self.version = version
    case .hand: self.init(kind: .hand, reason: turn.reason)
    }
  }
}

extension Reference {
  init(_ tag: CustomerTag) {
    self.init(id: tag.id.rawValue, name: tag.name.text)
  }
}
