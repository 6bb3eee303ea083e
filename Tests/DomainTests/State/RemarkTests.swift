import Domain
import Testing

@Suite struct RemarkTests {
  private func remark(_ data: String?) -> TagRemark? {
    guard let data else { return TagRemark(canonical: nil) }
    return Array(data.utf8).withUnsafeBufferPointer { TagRemark(canonical: $0) }
  }

  private func channel(_ data: String) -> String?? {
    Array(data.utf8).withUnsafeBufferPointer { bytes in
      RegistrationRemark(canonical: bytes).map { $0.channel }
    }
  }

  @Test("a tag event that says nothing, which rule or which file it was, is a remark")
  func remarks() {
    #expect(remark(nil) == .nothing)
    #expect(remark(#"{"rule":7}"#) == .rule)
    #expect(remark(#"{"rule":123456789}"#) == .rule)
    #expect(remark(#"{"source":{"import":"vip.csv"}}"#) == .file)
  }

  @Test(
    "a tag event that says anything else is no remark",
    arguments: [
      "", "{}", #"{"rule":}"#, #"{"rule":07}"#, #"{"rule":"7"}"#, #"{"rule":1234567890}"#,
      #"{"rule":7,"set":"Status"}"#, #"{"source":{"import":""}}"#,
      #"{"source":{"import":"a.csv","operator":"Ana"}}"#, #"{"source":{"import":"a\"b"}}"#,
      #"{"source":{"import":"a.csv","ordinal":2}}"#, #"{"source":{"import":"vip.csv"}"#,
      #"{"details":{"a":"b"},"source":{"import":"vip.csv"}}"#,
    ])
  func noRemarks(_ data: String) {
    #expect(remark(data) == nil)
  }

  @Test("a history's own time is more than columns tell, unless a rule acted")
  func histories() {
    #expect(TagRemark.nothing.isAside(isHistory: false))
    #expect(TagRemark.file.isAside(isHistory: false))
    #expect(!TagRemark.nothing.isAside(isHistory: true))
    #expect(!TagRemark.file.isAside(isHistory: true))
    #expect(TagRemark.rule.isAside(isHistory: true))
  }

  @Test("of a registration the channel is read, and nothing that is written otherwise")
  func registrations() {
    #expect(channel(#"{"channel":"Anúncio IG","sealed":{"name":"00"}}"#) == .some("Anúncio IG"))
    #expect(channel(#"{"sealed":{"name":"00"}}"#) == .some(nil))
    #expect(channel(#"{"channel":"","sealed":{"name":"00"}}"#) == .some(""))
    for data in [
      #"{"channel":"a\"b","sealed":{"name":"00"}}"#, #"{"channel":"a"}"#, "{}", "",
      #"{"channel":"a","sealed":{"name":"00"}"#.replacing("}", with: ""), #"{"channel":7}"#,
    ] {
      #expect(channel(data) == .none, "\(data)")
    }
  }
}
