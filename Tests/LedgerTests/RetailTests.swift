import Domain
import EventLog
import Foundation
import Ledger
import Spreadsheet
import TestSupport
import Testing

/// A gift shop's year: its customers, their country, and how many invoices each has had.
struct RetailYear {
  struct Customer {
    var country = ""
    var invoices = 0
    var hasCancelled = false
    fileprivate var lastInvoice: [UInt8] = []
  }

  static let path =
    RealData.folder + "/online-retail-2009-2010/online_retail_2009_2010.csv.xz"

  /// Whether the file is there, and xz to read it.
  static let isPossible =
    FileManager.default.fileExists(atPath: path)
    && ["/usr/bin/xz", "/bin/xz", "/usr/local/bin/xz"].contains {
      FileManager.default.isExecutableFile(atPath: $0)
    }

  private(set) var customers: [Int: Customer] = [:]
  private var rest = Data()

  /// Reads the file as it is unpacked; no cell of it has a line break, and the three columns that
  /// matter stand at the ends of a line, so that the others need not be taken apart.
  init() throws {
    take(try Shell.output(of: "xz -dc " + Shell.quoted(Self.path)))
  }

  private mutating func take(_ piece: Data) {
    rest += piece
    let used = rest.withUnsafeBytes { bytes in
      var start = 0
      while let end = Self.find(10, in: bytes, from: start) {
        take(line: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        start = end + 1
      }
      return start
    }
    rest = Data(rest.dropFirst(used))
  }

  private static func find(
    _ byte: Int32, in bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int? {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, byte, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  private mutating func take(line: UnsafeRawBufferPointer) {
    var end = line.count
    if end > 0, line[end - 1] == 13 { end -= 1 }
    var third = end - 1
    while third > 0, line[third] != 44 { third -= 1 }
    var second = third - 1
    while second > 0, line[second] != 44 { second -= 1 }
    guard second > 0, let first = Self.find(44, in: line, from: 0),
      let number = Int(String(decoding: line[(second + 1)..<third], as: UTF8.self))
    else { return }
    var customer = customers[number] ?? Customer()
    let invoice = Array(line[..<first])
    if invoice != customer.lastInvoice {
      customer.lastInvoice = invoice
      customer.invoices += 1
      if invoice.first == UInt8(ascii: "C") { customer.hasCancelled = true }
    }
    if customer.country.isEmpty {
      customer.country = String(decoding: line[(third + 1)..<end], as: UTF8.self)
    }
    customers[number] = customer
  }

  /// The tags that follow from what is known of a customer.
  static func tags(of customer: Customer) -> [String] {
    let orders =
      switch customer.invoices {
      case 1: "Pedidos-um"
      case 2...4: "Pedidos-alguns"
      default: "Pedidos-muitos"
      }
    return ["País-" + customer.country, orders] + (customer.hasCancelled ? ["Cancelou"] : [])
  }
}

@Suite struct RetailTests {
  @Test(
    .enabled(
      if: RetailYear.isPossible,
      "skipped: the shop's year does not lie beside the repository, or there is no xz"))
  func `a shop's customers of a year come in, with the tags that follow from their invoices`()
    async throws
  {
    let year = try RetailYear()
    #expect(year.customers.count == 4383)
    var (customers, memberships): ([UInt8], [UInt8]) = ([], [])
    var (customerWriter, membershipWriter) = (CSVWriter(), CSVWriter(.semicolon))
    customerWriter.write(["CustomerID", "Channel"], to: &customers)
    membershipWriter.write(["CustomerID", "Tags"], to: &memberships)
    var expected: [String: Int] = [:]
    for (id, customer) in year.customers.sorted(by: { $0.key < $1.key }) {
      customerWriter.write(["\(id)", customer.country], to: &customers)
      let tags = RetailYear.tags(of: customer)
      membershipWriter.write(["\(id)", tags.joined(separator: "|")], to: &memberships)
      for tag in tags { expected[tag, default: 0] += 1 }
    }

    let fixture = try LedgerFixture()
    var limits = Limits()
    limits.nameLength = 30
    let ledger = try await fixture.open(limits: limits)
    var request = ImportRequest(kind: .customers, file: "customers.csv")
    let registered = try await ledger.take(Data(customers), request)
    #expect(registered.result["customers_registered"] == .int(4383))
    #expect(registered.result["refused"] == nil)
    request = ImportRequest(kind: .memberships, file: "tags.csv", createsTags: true)
    let tagged = try await ledger.take(Data(memberships), request)
    #expect(tagged.result["applied"] == .int(Int64(expected.values.reduce(0, +))))
    let state = ledger.state
    #expect(state.customerCount == 4383)
    #expect(state.tags.count == expected.count)
    for (name, count) in expected {
      let tag = try #require(state.tag(named: NameKey(name)))
      #expect(state.members(of: tag.id).count == count, "\(name)")
    }

    for (kind, file) in [(ImportKind.customers, customers), (.memberships, memberships)] {
      var again = ImportRequest(kind: kind, file: "again.csv")
      again.createsTags = true
      try await ledger.take(Data(file), again)
    }
    #expect(ledger.state.position == state.position, "the same files again change nothing")
    let rebuilt = try await ledger.finish(ledger.startRebuild(by: LedgerFixture.founder))
    #expect(rebuilt.problem == nil)
    try await ledger.verifies()
    #expect(try await ledger.text(ExportRequest(kind: .customers)).count > customers.count)
    print(
      "online retail: \(state.customerCount) customers, \(state.tags.count) tags, "
        + "\(state.membershipCount) memberships, \(state.position) events")
    await ledger.close()
  }
}
