/// Where each resource is found. The paths are formats.
package enum Paths {
  package static let healthz = "/healthz"
  package static let readyz = "/readyz"
  package static let metrics = "/metrics"

  package static let status = "/v1/status"
  package static let me = "/v1/me"
  package static let team = "/v1/team"
  package static let teamCan = "/v1/team/can"
  package static let operators = "/v1/operators"
  package static let roles = "/v1/roles"
  package static let grants = "/v1/grants"
  package static let tokens = "/v1/tokens"
  package static let tags = "/v1/tags"
  package static let customers = "/v1/customers"
  package static let filters = "/v1/filters"
  package static let changes = "/v1/changes"
  package static let changesFollow = "/v1/changes/follow"
  package static let events = "/v1/events"
  package static let eventsFollow = "/v1/events/follow"
  package static let moment = "/v1/moment"
  package static let diff = "/v1/diff"
  package static let jobs = "/v1/jobs"
  package static let checkpoint = "/checkpoint"
  package static let checkpoints = "/v1/checkpoints"
  package static let consistency = "/v1/proofs/consistency"
  package static let rebuilds = "/v1/rebuilds"
  package static let verifications = "/v1/verifications"
  package static let backups = "/v1/backups"
  package static let notices = "/v1/notices"
  package static let noticesAcknowledge = "/v1/notices/acknowledge"

  package static let facts = "/v1/facts"
  package static let account = "/v1/account"
  package static let mappings = "/v1/mappings"
  package static let sources = "/v1/sources"

  package static func mapping(_ name: String) -> String {
    "\(mappings)/\(segment(name))"
  }

  package static func customerFacts(_ id: Int32) -> String {
    "\(customers)/\(id)/facts"
  }

  package static func notice(_ seq: Int64) -> String {
    "\(notices)/\(seq)"
  }

  /// `language`: `pt`, `fr` or `en`.
  package static func starterSet(_ language: String) -> String {
    "/v1/starter-sets/\(segment(language))"
  }

  package static func tag(_ id: Int32) -> String {
    "\(tags)/\(id)"
  }

  package static func tagMerge(_ id: Int32) -> String {
    "\(tags)/\(id)/merge"
  }

  package static func tagArchive(_ id: Int32) -> String {
    "\(tags)/\(id)/archive"
  }

  package static func tagRestore(_ id: Int32) -> String {
    "\(tags)/\(id)/restore"
  }

  package static func tagCustomers(_ id: Int32) -> String {
    "\(tags)/\(id)/customers"
  }

  package static func tagApply(_ id: Int32) -> String {
    "\(tags)/\(id)/apply"
  }

  package static func tagRemove(_ id: Int32) -> String {
    "\(tags)/\(id)/remove"
  }

  package static func categoryRecolor(_ name: String) -> String {
    "/v1/categories/\(segment(name))/recolor"
  }

  package static func customer(_ id: Int32) -> String {
    "\(customers)/\(id)"
  }

  package static func customerMerge(_ id: Int32) -> String {
    "\(customers)/\(id)/merge"
  }

  package static func customerErase(_ id: Int32) -> String {
    "\(customers)/\(id)/erase"
  }

  package static func customerReport(_ id: Int32) -> String {
    "\(customers)/\(id)/report"
  }

  package static func customerTags(_ id: Int32) -> String {
    "\(customers)/\(id)/tags"
  }

  /// An operator by number or by name; so are roles.
  package static func `operator`(_ operator: String) -> String {
    "\(operators)/\(segment(`operator`))"
  }

  package static func operatorArchive(_ operator: String) -> String {
    "\(self.operator(`operator`))/archive"
  }

  package static func operatorRestore(_ operator: String) -> String {
    "\(self.operator(`operator`))/restore"
  }

  package static func operatorIdentities(_ operator: String) -> String {
    "\(self.operator(`operator`))/identities"
  }

  package static func role(_ role: String) -> String {
    "\(roles)/\(segment(role))"
  }

  package static func grant(_ id: Int32) -> String {
    "\(grants)/\(id)"
  }

  package static func token(_ id: Int32) -> String {
    "\(tokens)/\(id)"
  }

  package static func event(_ seq: Int64) -> String {
    "\(events)/\(seq)"
  }

  package static func receipt(_ seq: Int64) -> String {
    "\(event(seq))/receipt"
  }

  package static func imports(_ subject: ImportSubject) -> String {
    "/v1/imports/\(subject.rawValue)"
  }

  package static func exports(_ subject: TransferSubject) -> String {
    "/v1/exports/\(subject.rawValue)"
  }

  package static func job(_ id: String) -> String {
    "\(jobs)/\(segment(id))"
  }

  package static func jobFollow(_ id: String) -> String {
    "\(job(id))/follow"
  }

  package static func jobStop(_ id: String) -> String {
    "\(job(id))/stop"
  }

  package static func jobResume(_ id: String) -> String {
    "\(job(id))/resume"
  }

  package static func jobFailures(_ id: String) -> String {
    "\(job(id))/failures"
  }

  /// `command`: its id, or the `seq` of one of its events.
  package static func commandUndo(_ command: String) -> String {
    "/v1/commands/\(segment(command))/undo"
  }

  package static func why(_ customer: Int32, _ tag: Int32) -> String {
    "\(customerTags(customer))/\(tag)/why"
  }

  /// Adds a query to a path; pairs whose value is nil are left out.
  package static func query(_ path: String, _ pairs: KeyValuePairs<String, String?>) -> String {
    var text = path
    var separator = "?"
    for (name, value) in pairs {
      guard let value else { continue }
      text += "\(separator)\(segment(name))=\(segment(value))"
      separator = "&"
    }
    return text
  }

  /// Percent-encodes everything but the unreserved characters of RFC 3986 §2.3.
  package static func segment(_ text: String) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

/// What spreadsheets carry in and out.
package enum TransferSubject: String, Codable, Sendable, CaseIterable {
  case customers
  case memberships
  case history
}

/// What spreadsheets carry in.
package enum ImportSubject: String, Codable, Sendable, CaseIterable {
  case customers
  case memberships
  case history
  case orders
}

/// The content types beyond plain JSON.
package enum MediaType {
  package static let json = "application/json"
  package static let problem = "application/problem+json"
  package static let csv = "text/csv"
  package static let ndjson = "application/x-ndjson"
  package static let eventStream = "text/event-stream"
  package static let cloudEvent = "application/cloudevents+json"
  package static let text = "text/plain"
  package static let bytes = "application/octet-stream"
  package static let cloudEvents = "application/cloudevents-batch+json"
}
