import APITypes
import Domain

/// A flag and a list as cells, read back by the imports.
private func cell(_ flag: Bool) -> String {
  flag ? "true" : "false"
}

private func cell(_ list: [String]) -> String {
  list.joined(separator: "; ")
}

extension TagDocument: Listed {
  static let columns = [
    "id", "name", "category", "color", "criterion", "follow_up", "set", "ends", "archived",
    "aliases", "customers", "revision",
  ]

  var cells: [String] {
    [
      "\(id)", name, category ?? "", color, criterion ?? "", followUp ?? "", set ?? "",
      ends ?? "", cell(archived), cell(aliases), "\(customers)", "\(revision)",
    ]
  }
}

extension CustomerDocument: Listed {
  static let exportPermission: Permission? = .customersExport

  static let columns = [
    "id", "name", "phone", "ref", "channel", "notes", "attributes", "needs", "tags", "registered",
    "revision", "figure",
  ]

  var cells: [String] {
    [
      "\(id)", name ?? "", phone ?? "", ref ?? "", channel ?? "", notes ?? "", cell(attributes),
      cell(needs), cell((tags ?? []).compactMap(\.name)), registered ?? "", "\(revision)",
      figure ?? "",
    ]
  }
}

extension APITypes.Tenure: Listed {
  static let exportPermission: Permission? = .customersExport

  static let columns = [
    "customer", "customer_name", "tag", "tag_name", "since", "since_seq", "until", "until_seq",
    "by", "ended_by", "why", "file", "operator", "reason", "details",
  ]

  var cells: [String] {
    [
      "\(customer.id)", customer.name ?? "", "\(tag.id)", tag.name ?? "", since, "\(sinceSeq)",
      until ?? "", untilSeq.map { "\($0)" } ?? "", by, endedBy ?? "", why.kind.rawValue,
      why.file ?? "", why.operator ?? "", why.reason ?? "",
      details.map { JSON.object($0.mapValues { .string($0) }).canonical } ?? "",
    ]
  }
}

extension Change: Listed {
  static let exportPermission: Permission? = .changesExport

  static let columns = [
    "seq", "at", "occurred", "actor", "via", "type", "tag", "tag_name", "customer",
    "customer_name", "before", "after", "reason", "command", "cause", "sentence",
  ]

  var cells: [String] {
    func values(_ values: [String: JSONValue]?) -> String {
      values.map { JSON.object($0.mapValues(JSON.init)).canonical } ?? ""
    }
    return [
      "\(seq)", at, occurred ?? "", actor, via, type, tag.map { "\($0.id)" } ?? "",
      tag?.name ?? "", customer.map { "\($0.id)" } ?? "", customer?.name ?? "", values(before),
      values(after), reason ?? "", command, cause.map { "\($0)" } ?? "", sentence,
    ]
  }
}

extension Job: Listed {
  static let columns = [
    "id", "kind", "state", "done", "total", "unit", "actor", "started", "finished", "result",
    "problem", "dry_run",
  ]

  var cells: [String] {
    [
      id, kind.rawValue, state.rawValue, "\(done)", total.map { "\($0)" } ?? "", unit, actor,
      started, finished ?? "", JSON.object(result.mapValues(JSON.init)).canonical,
      problem?.code ?? "", cell(dryRun),
    ]
  }
}
