import APITypes
import Client
import Foundation
import ServerSupport
import Testing

@testable import tagledger

@Suite struct FinderTests {
  /// Tags 3 "VIP" (alias "Ouro") and 5 "2026"; customers 7 and 8 Ana, 9 Rui.
  private static func server() throws -> ScriptedServer {
    try ScriptedServer { request, _ in
      let target = request.target.removingPercentEncoding ?? ""
      switch request.path {
      case "/v1/tags/3": return [.answer(tag(3, "VIP"))]
      case "/v1/tags" where target.contains("name="):
        let name = target.contains("name=VIP") || target.contains("name=Ouro")
        if name { return [.answer(page([tag(3, "VIP")]))] }
        return [.answer(page(target.contains("name=2026") ? [tag(5, "2026")] : []))]
      case "/v1/tags": return [.answer(page([tag(3, "VIP"), tag(5, "2026"), tag(6, "Enviado")]))]
      case "/v1/customers/7": return [.answer(customer(7, "Ana"))]
      case "/v1/customers" where target.contains("phone="):
        return [.answer(page(target.contains("9999") ? [customer(9, "Rui")] : []))]
      case "/v1/customers" where target.contains("q=Ana Silva"):
        return [.answer(page([customer(7, "Ana Silva"), customer(8, "Ana Silva Neto")]))]
      case "/v1/customers" where target.contains("q=Ana"):
        return [.answer(page([customer(7, "Ana Silva"), customer(8, "Ana Neto")]))]
      case "/v1/customers" where target.contains("q=Rui"):
        return [.answer(page([customer(9, "Rui Costa")]))]
      case "/v1/customers": return [.answer(page([]))]
      default:
        return [.answer(404, #"{"title":"T","status":404,"code":"x.not_found"}"#)]
      }
    }
  }

  private static func finder(_ server: ScriptedServer) -> Finder {
    Finder(client: Client(socket: server.socket, language: "en"))
  }

  @Test(arguments: [("3", 3), ("VIP", 3), ("Ouro", 3), ("2026", 5)] as [(String, Int32)])
  func `a tag is found by id, name and alias`(text: String, id: Int32) async throws {
    let server = try Self.server()
    #expect(try await Self.finder(server).tag(text).id == id)
  }

  @Test func `an unknown tag comes with names that are near`() async throws {
    let server = try Self.server()
    await #expect(throws: Failure.tagUnknown("enviada", near: ["Enviado"])) {
      _ = try await Self.finder(server).tag("enviada")
    }
  }

  @Test(
    arguments: [
      ("7", 7), ("Rui", 9), ("Ana Silva", 7), ("+55 41 99999-9999", 9),
    ] as [(String, Int32)])
  func `a customer is found by id, phone and a name that is only theirs`(
    text: String, id: Int32
  ) async throws {
    let server = try Self.server()
    #expect(try await Self.finder(server).customer(text).id == id)
  }

  @Test func `a name that several have lists them`() async throws {
    let server = try Self.server()
    await #expect(
      throws: Failure.ambiguous(.customer, "Ana", ["7  Ana Silva", "8  Ana Neto"], more: false)
    ) {
      _ = try await Self.finder(server).customer("Ana")
    }
    await #expect(throws: Failure.customerUnknown("Zé")) {
      _ = try await Self.finder(server).customer("Zé")
    }
  }

  @Test(arguments: [
    ("+55 41 98888-7777", true), ("(41) 3333-4444", true), ("12345678", true), ("1234567", false),
    ("Ana", false), ("Ana 12345678", false),
  ])
  func `a phone looks like one`(text: String, isPhone: Bool) {
    #expect(Finder.looksLikePhone(text) == isPhone)
  }

  @Test(arguments: [("", "", 0), ("sofá", "sofa", 1), ("abc", "", 3), ("kitten", "sitting", 3)])
  func `distance counts letters changed, added and left out`(
    first: String, second: String, distance: Int
  ) {
    #expect(EditDistance.between(first, second) == distance)
  }
}

// MARK: Bodies

func page(_ items: [String]) -> String {
  #"{"items":[\#(items.joined(separator: ","))],"position":42}"#
}

func tag(_ id: Int, _ name: String, customers: Int = 2) -> String {
  """
  {"id":\(id),"name":"\(name)","color":"#ff9485","palette":0,"archived":false,"aliases":[],\
  "customers":\(customers),"revision":\(id * 10)}
  """
}

func customer(_ id: Int, _ name: String) -> String {
  #"{"id":\#(id),"name":"\#(name)","attributes":[],"needs":[],"revision":1}"#
}
