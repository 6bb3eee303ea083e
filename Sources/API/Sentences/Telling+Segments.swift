import Domain

/// Sentences about segments, the work on them and RFM.
extension Telling {
  var englishOfSegments: String {
    switch type {
    case .segmentCreated: "\(actor) created the segment “\(segment)”"
    case .segmentRevised:
      "\(actor) changed \(segmentFields(Self.englishSegmentFields)) of the segment “\(segment)”"
    case .segmentRemoved: "\(actor) removed the segment “\(segment)”"
    case .segmentRestored: "\(actor) restored the segment “\(segment)”"
    case .workDue:
      "The list of “\(segment)” for \(text("day")) fell due: "
        + counted(listed, one: "customer", many: "customers") + further(" more")
    case .workTaken: "\(actor) took \(customer) on the list of “\(segment)”"
    case .workDone: "\(actor) dealt with \(customer) on the list of “\(segment)”"
    case .workSkipped: "\(actor) skipped \(customer) on the list of “\(segment)”"
    case .workReopened: "\(actor) reopened \(customer) on the list of “\(segment)”"
    default: "\(actor) changed how RFM is scored"
    }
  }

  var frenchOfSegments: String {
    switch type {
    case .segmentCreated: "\(actor) a créé le segment « \(segment) »"
    case .segmentRevised:
      "\(actor) a changé \(segmentFields(Self.frenchSegmentFields)) du segment « \(segment) »"
    case .segmentRemoved: "\(actor) a retiré le segment « \(segment) »"
    case .segmentRestored: "\(actor) a rétabli le segment « \(segment) »"
    case .workDue:
      "La liste de « \(segment) » du \(text("day")) est échue : "
        + counted(listed, one: "client", many: "clients", noughtIsOne: true) + further(" de plus")
    case .workTaken: "\(actor) s’est chargé de \(customer) sur la liste de « \(segment) »"
    case .workDone: "\(actor) en a fini avec \(customer) sur la liste de « \(segment) »"
    case .workSkipped: "\(actor) a passé \(customer) sur la liste de « \(segment) »"
    case .workReopened: "\(actor) a rouvert \(customer) sur la liste de « \(segment) »"
    default: "\(actor) a changé la notation RFM"
    }
  }

  var portugueseOfSegments: String {
    switch type {
    case .segmentCreated: "\(actor) criou o segmento “\(segment)”"
    case .segmentRevised:
      "\(actor) mudou \(segmentFields(Self.portugueseSegmentFields)) do segmento “\(segment)”"
    case .segmentRemoved: "\(actor) removeu o segmento “\(segment)”"
    case .segmentRestored: "\(actor) restaurou o segmento “\(segment)”"
    case .workDue:
      "A lista de “\(segment)” de \(text("day")) venceu: "
        + counted(listed, one: "cliente", many: "clientes") + further(" a mais")
    case .workTaken: "\(actor) pegou \(customer) na lista de “\(segment)”"
    case .workDone: "\(actor) concluiu \(customer) na lista de “\(segment)”"
    case .workSkipped: "\(actor) pulou \(customer) na lista de “\(segment)”"
    case .workReopened: "\(actor) reabriu \(customer) na lista de “\(segment)”"
    default: "\(actor) mudou a pontuação do RFM"
    }
  }

  private var listed: Int64 { Int64(data["customers"]?.array?.count ?? 0) }

  /// A long list takes several events: those after the first tell of more.
  private func further(_ words: String) -> String { number("part") > 1 ? words : "" }

  private func segmentFields(_ names: [String: String]) -> String {
    (data.object ?? [:]).filter { $0.value["to"] != nil }.keys.sorted()
      .map { names[$0] ?? $0 }.joined(separator: ", ")
  }

  private static let englishSegmentFields = [
    "name": "the name", "purpose": "the purpose", "owner": "the owner", "filter": "the filter",
    "routine": "the routine",
  ]

  private static let frenchSegmentFields = [
    "name": "le nom", "purpose": "le but", "owner": "le responsable", "filter": "le filtre",
    "routine": "la routine",
  ]

  private static let portugueseSegmentFields = [
    "name": "o nome", "purpose": "a finalidade", "owner": "o responsável", "filter": "o filtro",
    "routine": "a rotina",
  ]
}

extension ChangeTeller {
  /// The fields that an event about segments says it has changed.
  static func fieldsOfSegments(
    _ type: EventType, _ members: [String: JSON]
  ) -> (before: [String: JSON], after: [String: JSON]) {
    var before: [String: JSON] = [:]
    var after: [String: JSON] = [:]
    switch type {
    case .segmentRevised, .rfmConfigured:
      for (field, change) in members where field != "segment" {
        if let from = change["from"], !from.isNull { before[field] = from }
        if let to = change["to"], !to.isNull { after[field] = to }
      }
    case .segmentRemoved: before = members
    // Who is on a list is told by the list.
    case .workDue: after = members.filter { $0.key != "customers" }
    default: after = members
    }
    return (before, after)
  }

  /// The segment that an event is about, by its name.
  static func segment(_ data: JSON, _ state: State) -> String {
    guard let number = data["segment"]?.int.flatMap(Int32.init(exactly:)) else { return "" }
    return data["name"]?.string ?? state.segments[SegmentID(number)]?.terms.name ?? "\(number)"
  }
}

extension LeftTeller {
  func segments(_ subject: SegmentSubject) -> String {
    func name(_ id: SegmentID) -> String {
      let name = state.segments[id]?.terms.name ?? "\(id.rawValue)"
      return language == .fr ? "« \(name) »" : "“\(name)”"
    }
    switch subject {
    case .segment(let id): return name(id)
    case .work(let id, let customer):
      return name(id) + ", " + language.customer(customer.rawValue, names[customer])
    case .rfm: return "RFM"
    }
  }
}
