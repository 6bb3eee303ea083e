import APITypes
import ArgumentParser
import Client
import FoundationEssentials

/// Completes the names of tags by asking the daemon; nothing when it is not there or slow.
let tagCompletion = CompletionKind.custom { _, _, prefix in
  let environment = ProcessInfo.processInfo.environment
  let candidates = SocketPath.candidates(option: nil, environment: environment)
  guard let socket = try? SocketPath.find(candidates) else { return [] }
  let client = Client(socket: socket, language: "en", patience: .seconds(1))
  guard let tags = try? await client.tags() else { return [] }
  let wanted = prefix.lowercased()
  return tags.map(\.name).filter { $0.lowercased().hasPrefix(wanted) }
}
