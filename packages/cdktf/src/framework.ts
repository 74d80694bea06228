/**
 * The one place where the framework is named. The build makes a second copy of this package in which this line says
 * `cdktn` (CDK Terrain, the successor of CDKTF) and nothing else differs.
 */
export * from 'cdktf'
