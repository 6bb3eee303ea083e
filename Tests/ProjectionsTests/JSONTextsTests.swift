import Domain
import Testing

@testable import Projections

struct JSONTextsTests {
  private func texts(_ json: String) throws -> [String] {
    var json = json
    return try json.withUTF8 { bytes in
      var texts: [String] = []
      try JSONTexts.visit(bytes) { texts.append(String(decoding: $0, as: UTF8.self)) }
      return texts
    }
  }

  @Test func `values are texts and keys are not`() throws {
    #expect(
      try texts(#"{"details":{"code":"BR 1"},"source":{"import":"a.csv","ordinal":2}}"#)
        == ["BR 1", "a.csv"])
    #expect(
      try texts(#"{"criterion":{"from":null,"to":"quem \"pediu\"\n"}}"#) == ["quem \"pediu\"\n"])
    #expect(try texts(#"["a","","b"]"#) == ["a", "b"])
  }

  @Test func `digests of sealed fields are nobody's words`() throws {
    #expect(
      try texts(#"{"channel":"loja","sealed":{"name":"00ff","phone":null},"z":"after"}"#)
        == ["loja", "after"])
  }

  @Test func `digests of tokens are nobody's words, but a detail of that name is`() throws {
    let hash = String(repeating: "0f", count: 32)
    #expect(
      try texts(#"{"digest":"\#(hash)","name":"caixa"}"#) == ["caixa"])
    #expect(
      try texts(#"{"details":{"digest":"lista 7","z":"\#(hash)"}}"#) == ["lista 7", hash])
  }

  @Test func `a torn text ends the search without a crash`() throws {
    #expect(try texts(#"{"a":"b"#) == [])
    #expect(try texts(#"{"a":"b\"#) == [])
    #expect(try texts(#"{"sealed":{"a":"#) == [])
  }
}
