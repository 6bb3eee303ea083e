import Domain
import Foundation
import Ledger
import Spreadsheet
import Synchronization

/// Gives orders as a shop in a hurry does: many that collide, some that are refused; the same for a
/// seed.
struct RandomShop {
  /// How many histories each law is held against; more when asked for.
  static let seeds =
    ProcessInfo.processInfo.environment["TAGLEDGER_SEEDS"].flatMap(UInt64.init) ?? 40

  private var random: SeededGenerator
  private let ledger: Ledger

  /// Whether people are erased now and then.
  private let erases: Bool

  init(seed: UInt64, _ ledger: Ledger, erases: Bool = false) {
    random = SeededGenerator(seed: seed)
    self.erases = erases
    self.ledger = ledger
  }

  /// Gives so many orders, some of them together; what is refused is refused.
  mutating func work(_ orders: Int) async throws {
    var given = 0
    while given < orders {
      if erases, chance(10) { await erase() }
      if chance(8) {
        try await importFile()
        given += 4
      }
      let together = chance(8) ? 6 : 1
      let commands = try (0..<together).map { _ in try command() }
      given += together
      let ledger = ledger
      let reason = chance(3) ? "motivo \(Int.random(in: 0..<5, using: &random))" : nil
      await withTaskGroup(of: Void.self) { group in
        for command in commands {
          group.addTask { _ = try? await ledger.order(command, reason: reason) }
        }
      }
    }
  }

  private mutating func command() throws -> Command {
    switch Int.random(in: 0..<80, using: &random) {
    case 0..<8: .createTag(tagDraft())
    case 8..<9: .adoptStarterSet(Array(StarterSet.fr.tags.prefix(4)))
    case 9..<15: .reviseTag(tag(), changes(), revision: nil)
    case 15..<17: .recolorCategory("produto", color())
    case 17..<21:
      .mergeTag(
        tag(), into: tag(), name: chance(2) ? .alias : .released, revisions: MergeRevisions())
    case 21..<24: .archiveTag(tag())
    case 24..<28: .restoreTag(tag())
    case 28..<31: deletion()
    case 31..<48: .apply(tag(), to: customers(), details: chance(3) ? details() : nil)
    case 48..<58: .remove(tag(), from: customers())
    case 58..<68: .registerCustomer(try draft())
    case 68..<76: .reviseCustomer(customer(), try draft(), revision: nil)
    default: .mergeCustomer(customer(), into: customer())
    }
  }

  /// Erases somebody, or is refused; waits until it is done.
  private mutating func erase() async {
    let receipt = try? await ledger.erase(
      customer(), by: LedgerFixture.founder, reason: "pedido", dryRun: false)
    if let job = receipt?.job { _ = try? await ledger.finish(job) }
  }

  // MARK: Tags

  private mutating func tag() -> TagID {
    TagID(Int32.random(in: 1...Int32(ledger.state.tags.count + 1), using: &random))
  }

  private mutating func name() -> String {
    pick([
      "VIP", "vip", "Produto-Sofá", "produto-sofa", "Produto-Mesa", "Status-Pago", "Novo", "A;B",
      "C++", "=1+1", "Número 1", "[x]",
    ])
  }

  private mutating func tagDraft() -> TagDraft {
    TagDraft(
      name: name(), color: color(), criterion: chance(4) ? "quando \(name())" : nil,
      set: chance(3) ? pick(["etapa", "Etapa", "tamanho"]) : nil)
  }

  private mutating func changes() -> TagChanges {
    TagChanges(
      name: chance(2) ? name() : nil, color: chance(3) ? color() : nil,
      criterion: chance(4) ? pick(["", "sempre"]) : nil,
      set: chance(3) ? pick(["", "etapa", "tamanho"]) : nil)
  }

  private mutating func color() -> TagColor {
    .palette(Int.random(in: 0..<20, using: &random))
  }

  private mutating func deletion() -> Command {
    let id = tag()
    let count = (try? ledger.state.current(id)).map { ledger.state.members(of: $0.id).count }
    return .deleteTag(id, customers: count ?? 0)
  }

  private mutating func details() -> Details {
    let value = pick(["BR1", "a; b", " x ", "=", ""])
    return pick([["rastreio": value], ["rastreio": value, "prazo": "3-5"], [:], ["a=b": value]])
  }

  // MARK: Customers

  private mutating func customer() -> CustomerID {
    CustomerID(Int32.random(in: 1...(ledger.state.lastCustomer + 1), using: &random))
  }

  private mutating func customers() -> [CustomerID] {
    (0..<Int.random(in: 1...6, using: &random)).map { _ in customer() }
  }

  private mutating func draft() throws -> CustomerDraft {
    var personal: PersonalFields = [:]
    if chance(2) { personal[.name] = pick(["Ana", "Rui Silva", "Zoé", "=cmd", ""]) }
    if chance(2) { personal[.phone] = pick(["", phone(), phone(), phone()]) }
    if chance(3) { personal[.ref] = pick(["", ref(), ref(), ref()]) }
    if chance(4) { personal[.notes] = pick(["", "nota; com | sinais", "duas\nlinhas"]) }
    if chance(4) { personal[.attributes] = pick(["", "estudante", "a;b\nc", "x\n\ny"]) }
    return try ledger.draft(
      personal: personal, channel: chance(3) ? pick(["", "Loja", "Instagram"]) : nil)
  }

  private mutating func phone() -> String {
    "+551196123450\(Int.random(in: 0..<8, using: &random))"
  }

  private mutating func ref() -> String { "C-\(Int.random(in: 0..<8, using: &random))" }

  // MARK: Files

  private mutating func importFile() async throws {
    var request = ImportRequest(kind: pick(ImportKind.allCases), file: "ficheiro.csv")
    request.createsTags = chance(2)
    request.createsCustomers = chance(2)
    var bytes: [UInt8] = []
    var writer = CSVWriter()
    writer.write(request.kind.fields.map(\.rawValue), to: &bytes)
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      writer.write(try request.kind.fields.map { try cell($0) }, to: &bytes)
    }
    try await ledger.take(Data(bytes), request)
  }

  private mutating func cell(_ field: ImportField) throws -> String {
    switch field {
    case .id: chance(3) ? "\(customer().rawValue)" : ""
    case .name: pick(["", "Ana", "Zoé"])
    case .phone: chance(2) ? phone() : ""
    case .ref: chance(2) ? ref() : ""
    case .channel: pick(["", "Loja", "Feira"])
    case .notes: pick(["", "nota"])
    case .attributes, .needs: pick(["", "a; b", "[\"a;b\"]"])
    case .tag: pick([name(), "\(name())|Novo"])
    case .details: pick(["", "", "rastreio=BR1", "{\"a\":\" b\"}", "nada"])
    case .time: Timestamp(microseconds: 1_600_000_000_000_000 + second()).text
    case .operator: pick(["", "maria", "zé"])
    case .action: pick(["+", "-", "applied", "removida"])
    case .order: pick(["P-1", "P-2", "C7", ""])
    case .product, .category: pick(["", "Sofá", "SOFA", "Mesa"])
    case .quantity: pick(["1", "3", "-2", "x"])
    case .price, .amount: pick(["10", "12,50", "1.234,50", "0.005", "caro"])
    case .currency: pick(["", "BRL", "USD"])
    case .paid, .shipped, .completed, .cancelled: pick(["", "2020-09-14", "nunca"])
    case .status: pick(["", "entregue", "cancelado"])
    }
  }

  private mutating func second() -> Int64 {
    Int64.random(in: 0..<50, using: &random) * 1_000_000
  }

  // MARK: Chance

  private mutating func chance(_ one: Int) -> Bool {
    Int.random(in: 0..<one, using: &random) == 0
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements.randomElement(using: &random)!
  }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A clock that mostly goes on, at times stands, and at times is set back.
final class UnsteadyClock: Sendable {
  private let state: Mutex<(time: Int64, random: SeededGenerator)>

  init(seed: UInt64) {
    state = Mutex((1_700_000_000_000_000, SeededGenerator(seed: seed)))
  }

  var now: @Sendable () -> Timestamp {
    { [self] in
      state.withLock { state in
        switch Int.random(in: 0..<10, using: &state.random) {
        case 0: state.time -= Int64.random(in: 0..<60_000_000, using: &state.random)
        case 1..<4: break
        default: state.time += Int64.random(in: 0..<3_000_000, using: &state.random)
        }
        return Timestamp(microseconds: state.time)
      }
    }
  }
}
