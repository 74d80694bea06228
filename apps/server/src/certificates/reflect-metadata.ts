// @peculiar/x509 registers its algorithms through decorators and needs this before it loads. It is in a file of its own,
// because a bundler runs the ES modules that a file imports before the CommonJS modules.
import 'reflect-metadata'
