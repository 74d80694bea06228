import './reflect-metadata.ts'

export * from '@peculiar/x509'
