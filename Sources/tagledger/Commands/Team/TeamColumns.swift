import APITypes

/// Columns of lists of operators, with the roles that each holds.
func operatorColumns(
  _ words: Words, grants: [Int32: [GrantDocument]]
) -> [Column<OperatorDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(words.name, "name") { $0.name },
    Column(words.roles, "roles") { found in
      (grants[found.id] ?? []).map(words.tell).joined(separator: "; ")
    },
    Column(words.knownAs, "known_as") { found in
      (found.uids.map { "uid \($0)" } + found.subjects).joined(separator: ", ")
    },
    Column(
      words.state, "archived", cell: { Cell($0.archived ? words.isArchived : "", .dim) },
      value: { String($0.archived) }),
    Column(hidden: "kind") { $0.kind },
    Column(hidden: "language") { $0.language },
    Column(hidden: "revision") { String($0.revision) },
  ]
}

func roleColumns(_ words: Words) -> [Column<RoleDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(words.name, "name") { $0.name },
    Column(words.permissions, "permissions", fit: .cut) { $0.permissions.joined(separator: " ") },
    Column(hidden: "revision") { String($0.revision) },
  ]
}

func grantColumns(_ words: Words) -> [Column<GrantDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(words.name, "operator_name") { $0.operatorName },
    Column(words.role, "role_name") { $0.roleName },
    Column(words.category, "categories") { $0.categories?.joined(separator: ", ") },
    Column(words.until, "until") { $0.until },
    Column(hidden: "operator") { String($0.operator) },
    Column(hidden: "role") { String($0.role) },
  ]
}

func tokenColumns(_ words: Words) -> [Column<TokenDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(words.name, "name") { $0.name },
    Column(words.operatorHeading, "operator_name") { $0.operatorName },
    Column(words.until, "expires") { $0.expires },
    Column(words.lastUsed, "last_used") { $0.lastUsed },
    Column(hidden: "issued") { $0.issued },
    Column(hidden: "operator") { String($0.operator) },
    Column(hidden: "uid") { $0.uid.map(String.init) },
    Column(hidden: "revoked") { String($0.revoked) },
  ]
}

let verdictColumns: [Column<Verdict>] = [
  Column("", "allowed") { String($0.allowed) },
  Column("", "operator") { String($0.operator.id) },
  Column("", "permission") { $0.permission },
  Column("", "category") { $0.category },
  Column("", "grant") { $0.grant.map { String($0.id) } },
]

let meColumns: [Column<Me>] = [
  Column("", "actor") { $0.actor },
  Column("", "via") { $0.via },
  Column("", "name") { $0.name },
  Column("", "permissions") { $0.permissions.joined(separator: " ") },
]

extension Session {
  func report(_ receipt: TeamReceipt, _ sentence: () -> String) throws {
    let ids = [receipt.operator?.id, receipt.role?.id, receipt.grant?.id, receipt.token?.id]
    try report(receipt, ids: ids.compactMap { $0.map(String.init) }, sentence)
  }
}
