package import Domain

/// Commands as a busy and careless team gives them; the same seed gives the same ones.
///
/// Few names, sets, phones and moments are used over and over, so that commands meet each other:
/// many are refused or change nothing, and merges chain.
package struct RandomCommands: Sendable {
  var chance: Chance

  package init(seed: UInt64) {
    chance = Chance(seed: seed)
  }

  /// The next command, given the state it will meet.
  package mutating func next(for state: State) -> Command {
    switch chance.number(0...99) {
    case 0..<8: .createTag(tagDraft())
    case 8..<9: .adoptStarterSet((0..<4).map { _ in tagDraft() })
    case 9..<17: .reviseTag(tag(state), tagChanges(), revision: revision())
    case 17..<19: .recolorCategory(chance.pick(["Produto", "status", "Nada"]), color())
    case 19..<24: mergeTags(state)
    case 24..<27: .archiveTag(tag(state))
    case 27..<30: .restoreTag(tag(state))
    case 30..<32: delete(state)
    case 32..<48: .apply(tag(state), to: customers(state), details: details())
    case 48..<58: .remove(tag(state), from: customers(state))
    case 58..<68: .registerCustomer(customerDraft())
    case 68..<74: .reviseCustomer(customer(state), customerDraft(), revision: revision())
    case 74..<79: .mergeCustomer(customer(state), into: customer(state))
    case 79..<85: facts(of: chance.number(1...6), for: state)
    case 85..<91: segment(for: state)
    default: .takeRows(rows(state), policy())
    }
  }

  /// A command that changes who has what, or what may be applied, but creates and renames nothing.
  package mutating func byHand(for state: State) -> Command {
    switch chance.number(0...9) {
    case 0..<4: .apply(tag(state), to: customers(state), details: nil)
    case 4..<8: .remove(tag(state), from: customers(state))
    case 8: .archiveTag(tag(state))
    default: .restoreTag(tag(state))
    }
  }

  /// Rows of a tag history, in the order of their times.
  package mutating func history(of count: Int, for state: State) -> [ImportRow] {
    (0..<count).map { number in historyRow(state, at: number / 3, ordinal: number % 3 + 1) }
  }

  // MARK: Tags

  private mutating func tagDraft() -> TagDraft {
    TagDraft(
      name: name(), color: color(), criterion: chance.happens(1, of: 3) ? "pagou em dia" : nil,
      followUp: chance.happens(1, of: 4) ? "  " : nil, set: set(),
      ends: chance.happens(1, of: 5) ? "2026-12-31" : nil)
  }

  private mutating func tagChanges() -> TagChanges {
    TagChanges(
      name: chance.happens(1, of: 2) ? name() : nil,
      color: chance.happens(1, of: 4) ? color() : nil,
      criterion: chance.happens(1, of: 4) ? chance.pick(["", "sempre", "nunca"]) : nil,
      set: chance.happens(1, of: 3) ? set() ?? "" : nil)
  }

  private mutating func mergeTags(_ state: State) -> Command {
    .mergeTag(
      tag(state), into: tag(state), name: chance.pick([.alias, .alias, .released]),
      revisions: MergeRevisions(source: revision(), target: revision()))
  }

  private mutating func delete(_ state: State) -> Command {
    let tag = tag(state)
    let current = (try? state.current(tag))?.id ?? tag
    let actual = state.members(of: current).count
    return .deleteTag(tag, customers: chance.happens(1, of: 5) ? actual + 1 : actual)
  }

  /// Mostly a tag there is, and sometimes a number never given.
  private mutating func tag(_ state: State) -> TagID {
    let unknown = chance.happens(1, of: 20) ? 1 : 0
    return TagID(Int32(chance.number(1...max(1, state.tags.count + unknown))))
  }

  private mutating func name() -> String {
    chance.pick([
      "VIP", "vip ", "Produto-Sofá", "PRODUTO-SOFA", "Produto-Mesa", "Status-Entregue",
      "Status-Enviado", "status-pago", "Novo cliente", "Reclamação", "C++", "Urgente 💎", "",
      "um nome comprido demais para caber",
    ])
  }

  private mutating func set() -> String? {
    chance.pick([nil, nil, "Etapa", " etapa", "Nível"])
  }

  private mutating func color() -> TagColor {
    chance.happens(1, of: 6) ? .custom("#123456") : .palette(chance.number(0...3))
  }

  private mutating func details() -> Details? {
    chance.pick([nil, nil, [:], ["rastreio": "BR123"], ["rastreio": "BR9", "prazo": "3–5 dias"]])
  }

  private mutating func revision() -> Int64? {
    chance.happens(1, of: 8) ? Int64(chance.number(1...4)) : nil
  }

  // MARK: Customers

  private mutating func customers(_ state: State) -> [CustomerID] {
    (0..<chance.number(1...6)).map { _ in customer(state) }
  }

  private mutating func customer(_ state: State) -> CustomerID {
    let unknown: Int32 = chance.happens(1, of: 40) ? 1 : 0
    return CustomerID(Int32.random(in: 1...max(1, state.lastCustomer + unknown), using: &chance))
  }

  private mutating func customerDraft() -> CustomerDraft {
    .draft(
      name: chance.pick(["Ana", "Rui", "Bia", nil]),
      phone: chance.happens(2, of: 3) ? phone() : chance.pick([nil, ""]),
      ref: chance.happens(1, of: 3) ? reference() : nil,
      channel: chance.pick([nil, "Anúncio IG", "Loja", ""]))
  }

  private mutating func phone() -> String {
    "+55419888877\(chance.number(10...29))"
  }

  private mutating func reference() -> String {
    "R\(chance.number(1...15))"
  }

  // MARK: Files

  private mutating func policy() -> ImportPolicy {
    ImportPolicy(
      file: "clientes.csv", createsTags: chance.happens(3, of: 4),
      createsCustomers: chance.happens(3, of: 4), colors: [.palette(1), .palette(2)])
  }

  private mutating func rows(_ state: State) -> [ImportRow] {
    (0..<chance.number(1...8)).map { _ in row(state) }
  }

  private mutating func row(_ state: State) -> ImportRow {
    switch chance.number(0...9) {
    case 0: .customer(customerDraft(), id: chance.happens(1, of: 4) ? customer(state) : nil)
    case 1..<4: .membership(rowCustomer(state), tag: name(), details: details())
    default: historyRow(state, at: chance.number(0...9), ordinal: 1)
    }
  }

  private mutating func historyRow(_ state: State, at moment: Int, ordinal: Int) -> ImportRow {
    .history(
      HistoryRow(
        customer: rowCustomer(state), tag: name(), applied: chance.happens(3, of: 5),
        occurred: Timestamp(microseconds: 1_600_000_000_000_000 + Int64(moment)),
        ordinal: ordinal, source: chance.pick([nil, "op001"])))
  }

  private mutating func rowCustomer(_ state: State) -> RowCustomer {
    if state.lastCustomer > 0 && chance.happens(1, of: 3) { return .id(customer(state)) }
    return .lookup(
      chance.happens(1, of: 2)
        ? .draft(phone: phone()) : .draft(name: "Zé", ref: chance.pick([nil, reference()])))
  }
}
